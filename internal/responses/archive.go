package responses

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"encoding/hex"
	"hash/crc32"
	"path"
	"sync"
)

// What Lambda runs the code with.
const (
	Runtime = "python3.13"
	Handler = "index.handler"
)

// The code without its tests, and without what Python caches beside it.
//
//go:embed handler/*.py
var code embed.FS

var packed = sync.OnceValue(pack)

// Archive is the function's code as a zip archive, the same bytes on every
// platform and with every version of Go. The caller must not change them.
func Archive() []byte { return packed() }

// Digest is the archive's SHA-256 as Lambda gives it back in CodeSha256.
func Digest() string {
	sum := sha256.Sum256(Archive())
	return base64.StdEncoding.EncodeToString(sum[:])
}

// ObjectKey is where the archive lies in a bucket. Another archive has another
// key, so that Lambda takes it as new.
func ObjectKey() string {
	sum := sha256.Sum256(Archive())
	return "responses/" + hex.EncodeToString(sum[:]) + ".zip"
}

// pack stores the files in the order of their names. It does not compress them:
// compressors differ between versions, and the code is small.
func pack() []byte {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	files, _ := code.ReadDir("handler") // It is embedded, so it can be read.
	for _, f := range files {
		content, _ := code.ReadFile(path.Join("handler", f.Name()))
		h := &zip.FileHeader{
			Name:               f.Name(),
			Method:             zip.Store,
			ReaderVersion:      20,
			CRC32:              crc32.ChecksumIEEE(content),
			CompressedSize64:   uint64(len(content)),
			UncompressedSize64: uint64(len(content)),
			// 1 January 1980, the earliest. Its successor, Modified, is not written for
			// raw entries.
			ModifiedDate: 1<<5 | 1,
		}
		h.SetMode(0o644) // Lambda runs as a user that owns nothing.
		// A raw entry has its size in front. Otherwise it would follow the content,
		// where some readers do not find it unless it is compressed.
		entry, _ := w.CreateRaw(h)  // A buffer takes everything.
		_, _ = entry.Write(content) // So it does here.
	}
	_ = w.Close() // And here.
	return out.Bytes()
}
