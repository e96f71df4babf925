package tiertest

// Ready is the conditions of a status that says so.
const Ready = `"conditions":[{"type":"Ready","status":"True"}]`

// Without is observed resources but one.
func Without(all map[string]string, missing string) map[string]string {
	out := map[string]string{}
	for r, object := range all {
		if r != missing {
			out[r] = object
		}
	}
	return out
}
