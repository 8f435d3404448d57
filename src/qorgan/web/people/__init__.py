"""Finding a person by an exact number, within sight; and who sought one of ours."""
