// Command pack writes the matching files of a directory to a zip archive. The files
// are sorted by name and compressed, and the archive does not depend on the
// machine.
//
//	pack PATTERN ARCHIVE
package main

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"errors"
	"hash/crc32"
	"log"
	"os"
	"path/filepath"
)

func main() {
	if len(os.Args) != 3 {
		log.Fatal("usage: pack PATTERN ARCHIVE")
	}
	if err := run(os.Args[1], os.Args[2]); err != nil {
		log.Fatal(err)
	}
}

func run(pattern, archive string) error {
	files, err := filepath.Glob(pattern) // Sorted.
	if err != nil {
		return err
	}
	if len(files) == 0 {
		return errors.New("no file matches " + pattern)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range files {
		content, err := os.ReadFile(filepath.Clean(f))
		if err != nil {
			return err
		}
		if err := add(w, filepath.Base(f), content); err != nil {
			return err
		}
	}
	if err := w.Close(); err != nil {
		return err
	}
	return os.WriteFile(archive, out.Bytes(), 0o600)
}

// add adds an entry with its size in the header. By default, the size follows the
// content, where some readers do not expect it.
func add(w *zip.Writer, name string, content []byte) error {
	var compressed bytes.Buffer
	c, err := flate.NewWriter(&compressed, flate.BestCompression)
	if err == nil {
		_, err = c.Write(content)
	}
	if err := errors.Join(err, c.Close()); err != nil {
		return err
	}
	h := &zip.FileHeader{
		Name:               name,
		Method:             zip.Deflate,
		ReaderVersion:      20,
		CRC32:              crc32.ChecksumIEEE(content),
		CompressedSize64:   uint64(compressed.Len()),
		UncompressedSize64: uint64(len(content)),
		// 1 January 1980, the minimum. Raw entries ignore its successor, Modified.
		ModifiedDate: 1<<5 | 1,
	}
	h.SetMode(0o644) // Lambda runs as a user that owns no files.
	entry, err := w.CreateRaw(h)
	if err != nil {
		return err
	}
	_, err = entry.Write(compressed.Bytes())
	return err
}
