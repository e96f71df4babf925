package responses

import (
	"crypto/sha256"
	_ "embed" // The archive.
	"encoding/base64"
	"encoding/hex"
	"sync"
)

//go:generate go run ../../hack/pack handler/*.py handler.zip

// What Lambda runs the code with.
const (
	Runtime = "python3.13"
	Handler = "index.handler"
)

// archive is the code without its tests. It is kept beside the code and not made
// from it here, because compressors differ between versions of Go, and another
// archive is another function in AWS.
//
//go:embed handler.zip
var archive []byte

// Archive is the function's code as a zip archive, the same bytes on every
// platform and with every version of Go. The caller must not change them.
func Archive() []byte { return archive }

// checksum is taken once: the archive is the same at every call of the function.
var checksum = sync.OnceValue(func() [sha256.Size]byte { return sha256.Sum256(archive) })

// Digest is the archive's SHA-256 as Lambda gives it back in CodeSha256.
func Digest() string {
	sum := checksum()
	return base64.StdEncoding.EncodeToString(sum[:])
}

// ObjectKey is where the archive lies in a bucket. Another archive has another
// key, so that Lambda takes it as new.
func ObjectKey() string {
	sum := checksum()
	return "responses/" + hex.EncodeToString(sum[:]) + ".zip"
}
