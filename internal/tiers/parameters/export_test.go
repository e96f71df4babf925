package parameters

// ParameterPath exports parameterPath for tests.
var ParameterPath = parameterPath
