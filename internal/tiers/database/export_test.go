package database

// Capacity is capacity units as the API says them.
var Capacity = capacity
