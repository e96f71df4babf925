package cost

import (
	"strconv"
	"strings"
)

// task contains the CPU and memory of a container.
type task struct {
	vcpus, gib float64
	arm        bool
}

// tasks returns the task definitions of a stack, by family.
func tasks(resources []Resource) map[string]task {
	out := map[string]task{}
	for _, r := range resources {
		if Kind(r.Object) != "ecs/TaskDefinition" {
			continue
		}
		f := forProvider(r.Object)
		out[f["family"].GetStringValue()] = task{
			vcpus: number1024(f["cpu"].GetStringValue()), gib: number1024(f["memory"].GetStringValue()),
			arm: structOf(f["runtimePlatform"])["cpuArchitecture"].GetStringValue() == "ARM64",
		}
	}
	return out
}

// number1024 converts a number of units to a multiple of 1024.
func number1024(text string) float64 {
	n, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return 0 // The API rejects such a value.
	}
	return n / 1024
}

// containers returns the charges of a service's minimum number of containers. The
// scaling target contains this number, and its name is the family of the task
// definition.
func containers(f fields, s *stack) []charge {
	parts := strings.Split(f["resourceId"].GetStringValue(), "/")
	if len(parts) != 3 {
		return nil
	}
	t, least, arm := s.tasks[parts[1]+"-"+parts[2]], f["minCapacity"].GetNumberValue(), ""
	if t.arm {
		arm = "-arm"
	}
	return append(some("container-vcpu"+arm, t.vcpus*least), some("container-gib"+arm, t.gib*least)...)
}
