package wire

import (
	"sync"

	"google.golang.org/grpc/mem"
)

// frameSize is the maximum size of an HTTP/2 frame that gRPC reads.
const frameSize = 16 << 10

// NewPool returns a pool of gRPC's buffers for frames. Unlike gRPC's own pool, it
// does not clear them, because gRPC overwrites all bytes that it uses.
func NewPool() mem.BufferPool { return &pool{} }

type pool struct{ frames sync.Pool }

// Get returns a buffer.
func (p *pool) Get(length int) *[]byte {
	if length > frameSize {
		b := make([]byte, length)
		return &b
	}
	b, ok := p.frames.Get().(*[]byte)
	if !ok {
		frame := make([]byte, frameSize)
		b = &frame
	}
	*b = (*b)[:length]
	return b
}

// Put keeps a buffer for later.
func (p *pool) Put(b *[]byte) {
	if cap(*b) == frameSize {
		p.frames.Put(b)
	}
}
