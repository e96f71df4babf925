package tiertest

// Ready contains the conditions of a ready resource.
const Ready = `"conditions":[{"type":"Ready","status":"True"}]`

// Without returns observed resources except one.
func Without(all map[string]string, missing string) map[string]string {
	out := map[string]string{}
	for r, object := range all {
		if r != missing {
			out[r] = object
		}
	}
	return out
}
