package cdn

// CachingOptimized is the managed policy of files.
const CachingOptimized = cachingOptimized
