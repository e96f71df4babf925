// Package archive provides the code of Lambda functions as zip archives.
package archive

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"sync"
)

// Archive is a function's code as a zip archive, identical on every platform and
// with every version of Go. The archive is committed instead of being created at
// runtime, because compressors differ between versions of Go, and Lambda treats a
// different archive as new code.
type Archive struct {
	folder  string
	content []byte
	// Both are computed once, because the archive is the same in every call.
	checksum func() [sha256.Size]byte
	text     func() string
}

// New returns an archive for a folder of its bucket. The content must not change.
func New(folder string, content []byte) *Archive {
	return &Archive{
		folder: folder, content: content,
		checksum: sync.OnceValue(func() [sha256.Size]byte { return sha256.Sum256(content) }),
		text:     sync.OnceValue(func() string { return base64.StdEncoding.EncodeToString(content) }),
	}
}

// Bytes returns the archive itself. The caller must not change it.
func (a *Archive) Bytes() []byte { return a.content }

// Base64 returns the archive in the provider's encoding.
func (a *Archive) Base64() string { return a.text() }

// Digest returns the archive's SHA-256 in the format of Lambda's CodeSha256.
func (a *Archive) Digest() string {
	sum := a.checksum()
	return base64.StdEncoding.EncodeToString(sum[:])
}

// ObjectKey returns the archive's key in its bucket. The key depends on the
// content, so that Lambda detects new code.
func (a *Archive) ObjectKey() string {
	sum := a.checksum()
	return a.folder + "/" + hex.EncodeToString(sum[:]) + ".zip"
}
