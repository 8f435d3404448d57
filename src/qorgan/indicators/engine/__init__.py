"""Pure parts of indicators: periods, definitions, formulas, figures. No Django, no database."""
