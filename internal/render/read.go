package render

// Read returns the claim or composite of a source as it is written, without
// defaults. It checks the kind, but not the fields.
func Read(from Source) (map[string]any, error) {
	u, err := readFile(from.File, from.stdin())
	if err != nil {
		return nil, err
	}
	if errs := checkKind(u); len(errs) > 0 {
		return nil, &InvalidFileError{File: from.File, Errors: errs}
	}
	return u.Object, nil
}
