// Package archive is code of functions of Lambda as AWS takes it.
package archive

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"sync"
)

// Archive is a function's code as a zip archive, the same bytes on every platform
// and with every version of Go. It is kept beside the code and not made from it
// when the program runs, because compressors differ between versions of Go, and
// another archive is another function in AWS.
type Archive struct {
	folder  string
	content []byte
	// Both are taken once: the archive is the same at every call of the function.
	checksum func() [sha256.Size]byte
	text     func() string
}

// New returns an archive of some content, which must not change, that lies in a
// folder of its bucket.
func New(folder string, content []byte) *Archive {
	return &Archive{
		folder: folder, content: content,
		checksum: sync.OnceValue(func() [sha256.Size]byte { return sha256.Sum256(content) }),
		text:     sync.OnceValue(func() string { return base64.StdEncoding.EncodeToString(content) }),
	}
}

// Bytes returns the archive itself. The caller must not change it.
func (a *Archive) Bytes() []byte { return a.content }

// Base64 returns the archive as the provider takes it.
func (a *Archive) Base64() string { return a.text() }

// Digest returns the archive's SHA-256 as Lambda gives it back in CodeSha256.
func (a *Archive) Digest() string {
	sum := a.checksum()
	return base64.StdEncoding.EncodeToString(sum[:])
}

// ObjectKey returns where the archive lies in a bucket. Another archive has another
// key, so that Lambda takes it as new.
func (a *Archive) ObjectKey() string {
	sum := a.checksum()
	return a.folder + "/" + hex.EncodeToString(sum[:]) + ".zip"
}
