//go:build e2e

package e2e

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"k8s.io/apimachinery/pkg/types"
	"sigs.k8s.io/yaml"

	"github.com/secure-ecommerce/function-secure-ecommerce/test/docs"
)

// installation is the headings of the README's commands that install everything and
// create a stack.
var installation = []string{"Install it in a cluster", "Create a stack"}

// tutorialsEnd is the heading of the tutorial's commands that delete the stack, which
// "Delete a stack" has with another policy.
const tutorialsEnd = "8. Delete it"

// notRun is commands of the documentation that need more than this control plane,
// by how they begin.
var notRun = map[string]string{
	"helm ": "the core runs as a process, without nodes for the pods of its chart",
	"kubectl get composite,managed -A -o yaml --show-managed-fields > /tmp/": "a step of recording the real provider, which make aws does",
}

// reader runs what the documentation has a reader type.
type reader struct {
	c   *controlPlane
	env []string
}

// follow installs the packages as the README describes, creates its stack, and runs
// every further command with kubectl of the documentation on that stack.
func follow(t *testing.T, c *controlPlane, registry string) {
	t.Helper()
	r := &reader{c: c, env: append(os.Environ(),
		"KUBECONFIG="+c.kubeconfig, "KUBECACHEDIR="+filepath.Join(c.dir, "kube"), "PATH="+filepath.Dir(binary("kubectl"))+":"+os.Getenv("PATH"),
		"REGISTRY="+registry+"/secure-ecommerce", "PROVIDERS="+registry+"/upbound", "VERSION="+packageVersion)}
	commands, err := docs.Commands(root)
	if err != nil {
		t.Fatal(err)
	}
	commands = slices.DeleteFunc(commands, func(d docs.Command) bool { return d.BeginsLike(notRun) })

	s := &stack{c: c, claim: types.NamespacedName{Namespace: "team-a", Name: "shop"}, begin: time.Now()}
	r.install(t, commands, registry)
	s.awaitReady(t)
	whole(t, s)
	c.deployed(t)
	var last []docs.Command
	for _, d := range commands {
		switch {
		case d.Heading == tutorialsEnd:
		case slices.Contains(installation, d.Heading) && !strings.HasPrefix(d.Line, "kubectl get") && !strings.HasPrefix(d.Line, "kubectl describe"):
		case d.Heading == "Delete a stack":
			last = append(last, d)
		case strings.HasPrefix(d.Line, "kubectl "):
			r.run(t, d)
		}
	}
	s.awaitReady(t)
	r.remove(t, s, last)
}

// install runs the README's commands. While one waits for the packages, the
// test reports that they run.
func (r *reader) install(t *testing.T, commands []docs.Command, registry string) {
	t.Helper()
	for _, d := range commands {
		switch {
		case !slices.Contains(installation, d.Heading) || strings.HasPrefix(d.Line, "export "):
		case strings.HasPrefix(d.Line, "kubectl wait"):
			done := make(chan struct{})
			go func() { defer close(done); r.run(t, d) }()
			r.c.awaitPackages(t)
			<-done
			r.c.runPackage(t, registry)
		case strings.HasPrefix(d.Line, "make"), strings.HasPrefix(d.Line, "kubectl apply"), strings.HasPrefix(d.Line, "kubectl create"):
			r.run(t, d)
		}
	}
}

// remove runs the commands that delete a stack. The one that deletes waits as
// long as the stack is there.
func (r *reader) remove(t *testing.T, s *stack, commands []docs.Command) {
	t.Helper()
	deleting := make(chan struct{})
	for _, d := range commands {
		if !strings.HasPrefix(d.Line, "kubectl delete") {
			r.run(t, d)
			continue
		}
		s.composite(t)
		go func() { defer close(deleting); r.run(t, d) }()
	}
	s.awaitDeleted(t)
	<-deleting
}

// prerequisites are what a command needs that the documentation takes for granted.
var prerequisites = map[string]string{
	"kubectl patch configmap argocd-cm": "kubectl create namespace argocd && kubectl create configmap argocd-cm -n argocd && ",
}

// run runs a command at the top of the repository unchanged. A watch is ended
// after some seconds. An upgrade is only tried, because there is no other version.
func (r *reader) run(t *testing.T, d docs.Command) {
	t.Helper()
	script := strings.Replace(d.Script, ">observed.yaml", ">"+filepath.Join(r.c.dir, "observed.yaml"), 1)
	for begin, before := range prerequisites {
		if strings.HasPrefix(d.Line, begin) {
			script = before + script
		}
	}
	most, watch := 10*time.Minute, strings.HasSuffix(d.Line, "--watch")
	if watch {
		most = 5 * time.Second
	}
	if strings.HasPrefix(d.Line, "kubectl patch configuration") {
		script += " --dry-run=server"
	}
	ctx, cancel := context.WithTimeout(t.Context(), most)
	defer cancel()
	command := exec.CommandContext(ctx, "bash", "-euo", "pipefail", "-c", script)
	var out bytes.Buffer
	command.Dir, command.Env, command.Stdout, command.Stderr = root, r.env, &out, &out
	command.WaitDelay = time.Second
	err := command.Run()
	if err != nil && (!watch || out.Len() == 0) {
		t.Errorf("%s: %s: %v\n%s", d.File, d.Line, err, out.String())
	}
}

// TestChart holds that Crossplane's chart has each value of deploy/: Helm ignores
// values that a chart does not know.
func TestChart(t *testing.T) {
	t.Parallel()
	dir, err := (&controlPlane{apiScope: namespacedScope}).coreDir()
	if err != nil {
		t.Fatal(err)
	}
	values := func(file string) map[string]any {
		var out map[string]any
		raw, err := os.ReadFile(file)
		if err == nil {
			err = yaml.Unmarshal(raw, &out)
		}
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	var compare func(path string, ours, chart map[string]any)
	compare = func(path string, ours, chart map[string]any) {
		for name, value := range ours {
			known, ok := chart[name]
			if !ok {
				t.Errorf("deploy/crossplane/values.yaml: Crossplane's chart has no value %s%s", path, name)
			}
			a, isMap := value.(map[string]any)
			if b, also := known.(map[string]any); isMap && also {
				compare(path+name+".", a, b)
			}
		}
	}
	compare("", values(filepath.Join(root, "deploy", "crossplane", "values.yaml")), values(filepath.Join(dir, "cluster", "charts", "crossplane", "values.yaml")))
}
