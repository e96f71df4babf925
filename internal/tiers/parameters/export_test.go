package parameters

// ParameterPath is the path of a stack's parameters.
var ParameterPath = parameterPath
