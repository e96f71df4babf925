package database

// Capacity exports capacity for tests.
var Capacity = capacity
