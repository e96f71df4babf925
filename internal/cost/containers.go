package cost

import (
	"strconv"
	"strings"
)

// task is what a container has.
type task struct {
	vcpus, gib float64
	arm        bool
}

// tasks is the task definitions of a stack, by their family.
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

// number1024 is a number of units of which 1024 are one.
func number1024(text string) float64 {
	n, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return 0 // What the API refuses.
	}
	return n / 1024
}

// containers is what the containers of a service cost of which there are fewest:
// its scaling target says how many those are, and its name the family of their
// task definition.
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
