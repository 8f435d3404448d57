"""Acts that several roles share, by what they are for."""

# Who weighs suspicions against colleagues sits in another office, and sees of a file what the weighing needs.
REVIEWS = {"agencies.block.review", "agencies.opening.review", "agencies.look.judge"}
# In an emergency one opens a file of another place alone; a sealed one only with a second person.
OPENS = {"agencies.opening.alone", "agencies.opening.ask"}

READ = {
    "reports.report.see",
    "offences.offence.see",
    "cases.case.see",
    "orders.order.see",
    "duties.duty.see",
    "people.person.see",
    "cases.person.see",
    "cases.account.see",
}

# A missing child waits for nobody: whoever sits at the desk at night may do all of it but approve a public page.
SEEK = {
    "missing.alarm.see",
    "missing.alarm.raise",
    "missing.alarm.search",
    "missing.alarm.end",
    "missing.alarm.mark",
    "missing.bulletin.answer",
    "missing.notice.propose",
}

# Whoever leads a case asks and judges; a lower result needs a second person, who is the head.
ASSESS = {"risk.assessment.see", "risk.assessment.make"}

# What a review of a child's death recommended to one's own agency.
ADVISED = "cases.recommendation.answer"

SHARE = {
    "people.person.same",
    "cases.consent.keep",
    "cases.case.refer",
    "cases.referral.answer",
    "cases.review.ask",
    ADVISED,
}

# Who answers a telephone, and bars a number that is misused, for a time.
LINE = {"reports.contact.take", "reports.number.block"}

# Who answers what a family asks reads the file that is opened for it, and changes nothing of it.
REVISES = {"cases.referral.answer", "cases.review.answer"}
