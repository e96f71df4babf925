package claim

import "strings"

// shares returns a spec with an image and shared directories.
func shares(files string) string {
	return with(`"app":{"services":[{"image":"shop:1"}],"files":[` + files + `]}`)
}

// filesCases contains specs of files that services share, store and serve.
var filesCases = map[string]apiCase{
	"Files": {
		reason: "Services share directories.",
		spec:   with(`"app":{"services":[{"image":"shop:1","paths":["/*"]},{"name":"worker","image":"shop:1"}],"files":[{"name":"media","path":"/var/www/html/media","services":["web","worker"]},{"name":"plugins","path":"/plugins","services":["web"],"user":"33:0"}]}`),
	},
	"FilesOfNobody": {
		reason: "A directory is for services of the claim.", spec: shares(`{"name":"media","path":"/media","services":["shop"]}`),
		want: []string{`spec.app.files: Invalid value: each name in services must be the name of a service in app.services, such as web`},
	},
	"FilesTooMany": {
		reason: "Ten directories are enough.", spec: shares(repeated(11, `{"name":"d%d","path":"/media","services":["web"]}`)),
		want: []string{`spec.app.files: Too many: 11: must have at most 10 items`},
	},
	"FilesIncomplete": {
		reason: "A directory has a name, a path and services.", spec: shares(`{}`),
		want: []string{
			`spec.app.files[0].name: Required value`,
			`spec.app.files[0].path: Required value`,
			`spec.app.files[0].services: Required value`,
		},
	},
	"FilesForNone": {
		reason: "A directory is for somebody.", spec: shares(`{"name":"media","path":"/media","services":[]}`),
		want: []string{`spec.app.files[0].services: Invalid value: 0: spec.app.files[0].services in body should have at least 1 items`},
	},
	"FilesForTooMany": {
		reason: "A claim has ten services.", spec: shares(`{"name":"media","path":"/media","services":[` + repeated(11, `"s%d"`) + `]}`),
		want: []string{`spec.app.files[0].services: Too many: 11: must have at most 10 items`},
	},
	"FilesForms": {
		reason: "Names are short, a path is one place, and root owns nothing.",
		spec: shares(`{"name":"Media","path":"media/../etc","services":["web","web","` + strings.Repeat("a", 21) + `"],"user":"0"},` +
			`{"name":"` + strings.Repeat("a", 21) + `","path":"/` + strings.Repeat("a", 128) + `","services":["web"],"user":"` + strings.Repeat("1", 22) + `"}`),
		want: []string{
			`spec.app.files[0].services[1]: Duplicate value: "web"`,
			`spec.app.files[0].services[2]: Too long: may not be more than 20 bytes`,
			`spec.app.files[1].name: Too long: may not be more than 20 bytes`,
			`spec.app.files[1].path: Too long: may not be more than 128 bytes`,
			`spec.app.files[1].user: Too long: may not be more than 21 bytes`,
		},
	},
	"FilesOwner": {
		reason: "The files are their user's.",
		old:    shares(`{"name":"media","path":"/media","services":["web"],"user":"33"}`),
		spec:   shares(`{"name":"media","path":"/media","services":["web"],"user":"1000"}`),
		want:   []string{`spec.app.files[0].user: Invalid value: user cannot be changed, because the current user owns the files: restore the previous value, or change name to create an empty directory`},
	},
	"FilesDropped": {
		reason: "A directory that nobody has any more keeps its files.",
		old:    shares(`{"name":"media","path":"/media","services":["web"]}`), spec: with(`"app":{"services":[{"image":"shop:1"}]}`),
	},
	"CachedPathsShared": {
		reason: "Pictures are alike for all visitors.", spec: with(`"app":{"services":[{"image":"shop:1","cachedPaths":["/media/*"],"cachedPathsCookies":"None"}]}`),
	},
	"CachedPathsNone": {
		reason: "It says something about cached paths only.", spec: with(`"app":{"services":[{"image":"shop:1","cachedPathsCookies":"None"}]}`),
		want: []string{`spec.app.services[0].cachedPathsCookies: Invalid value: cachedPathsCookies requires cachedPaths: add a path to cachedPaths (for example, /media/*), or remove cachedPathsCookies`},
	},
	"CachedPathsCookies": {
		reason: "All or none.", spec: with(`"app":{"services":[{"image":"shop:1","cachedPaths":["/media/*"],"cachedPathsCookies":"Some"}]}`),
		want: []string{`spec.app.services[0].cachedPathsCookies: Unsupported value: "Some": supported values: "All", "None"`},
	},
	"UploadsPaths": {reason: "An application stores under several paths.", spec: with(`"uploads":{"path":"/media/*","additionalPaths":["/thumbnail/*","/theme/*"]}`)},
	"UploadsKeys":  {reason: "Or at the top of its bucket.", spec: with(`"uploads":{"keys":"WithoutPath"}`)},
	"UploadsKeysUnknown": {
		reason: "There are two ways.", spec: with(`"uploads":{"keys":"Hashed"}`),
		want: []string{`spec.uploads.keys: Unsupported value: "Hashed": supported values: "WithPath", "WithoutPath"`},
	},
	"UploadsPathsWithoutPath": {
		reason: "Two files would have one key.", spec: with(`"uploads":{"keys":"WithoutPath","additionalPaths":["/thumbnail/*"]}`),
		want: []string{`spec.uploads.additionalPaths: Invalid value: additionalPaths requires keys WithPath: set keys to WithPath, or remove additionalPaths`},
	},
	"UploadsPathTwice": {
		reason: "It is served already.", spec: with(`"uploads":{"additionalPaths":["/uploads/*"]}`),
		want: []string{`spec.uploads.additionalPaths: Invalid value: additionalPaths must not contain the value of path: remove the duplicate`},
	},
	"UploadsPathsTooMany": {
		reason: "A distribution has so many paths only.", spec: with(`"uploads":{"additionalPaths":[` + repeated(11, `"/a%d/*"`) + `]}`),
		want: []string{`spec.uploads.additionalPaths: Too many: 11: must have at most 10 items`},
	},
	"UploadsPathsForms": {
		reason: "Paths are folders, and come once.", spec: with(`"uploads":{"additionalPaths":["/*","/b/*","/b/*","/` + strings.Repeat("a", 127) + `/*"]}`),
		want: []string{
			`spec.uploads.additionalPaths[2]: Duplicate value: "/b/*"`,
			`spec.uploads.additionalPaths[3]: Too long: may not be more than 128 bytes`,
		},
	},
}
