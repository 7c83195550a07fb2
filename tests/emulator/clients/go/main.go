// Lives of objects of each family with Twilio's SDK for Go, set up by the environment alone. Argument: the plan.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"reflect"
	"strings"

	"github.com/twilio/twilio-go"
	"github.com/twilio/twilio-go/client"
)

type object = map[string]any

type family struct {
	Family  string
	Go      string
	Parent  string
	Limited string
	Creates []object
	Change  object
	Bad     object
}

type life struct {
	Made    []string `json:"made"`
	Listed  []string `json:"listed"`
	Missing []int    `json:"missing"`
	Bad     []int    `json:"bad"`
	Limited []int    `json:"limited"`
}

func main() {
	plan, err := os.ReadFile(os.Args[1])
	check(err)
	var families []family
	check(json.Unmarshal(plan, &families))

	rest := reflect.ValueOf(twilio.NewRestClient()).Elem()
	seen := map[string]life{}
	for _, family := range families {
		seen[family.Family] = family.live(rest)
	}
	check(json.NewEncoder(os.Stdout).Encode(seen))
}

func (f family) live(rest reflect.Value) life {
	product, noun, _ := strings.Cut(f.Go, ".")
	api := rest.FieldByName(product)
	call := func(verb string, sid string, given object) (reflect.Value, error) {
		return f.call(api.MethodByName(verb+noun), sid, given)
	}
	must := func(verb string, sid string, given object) reflect.Value {
		answer, err := call(verb, sid, given)
		check(err)
		return answer
	}
	refusal := func(verb string, sid string, given object) []int {
		_, err := call(verb, sid, given)
		if refused, ok := err.(*client.TwilioRestError); ok {
			return []int{refused.Status, refused.Code}
		}
		check(err)
		return nil
	}

	var seen life
	for _, given := range f.Creates {
		seen.Made = append(seen.Made, sidOf(must("Create", "", given)))
	}
	list := must("List", "", object{"PageSize": 50})
	for i := range list.Len() {
		seen.Listed = append(seen.Listed, sidOf(list.Index(i)))
	}
	first, second := seen.Made[0], seen.Made[1]
	must("Update", first, f.Change)
	must("Delete", second, nil)
	seen.Missing = refusal("Fetch", second, nil)
	seen.Bad = refusal("Create", "", f.Bad)
	seen.Limited = refusal("Fetch", f.Limited, nil)
	return seen
}

// What a method takes: the parent's SID where there is one, the object's where it is about one, and its parameters if it has any.
func (f family) call(method reflect.Value, sid string, given object) (reflect.Value, error) {
	var args []reflect.Value
	for _, part := range []string{f.Parent, sid} {
		if part != "" {
			args = append(args, reflect.ValueOf(part))
		}
	}
	if len(args) < method.Type().NumIn() {
		params := reflect.New(method.Type().In(len(args)).Elem())
		fill(params.Elem(), given)
		args = append(args, params)
	}
	answers := method.Call(args)
	if err, ok := answers[len(answers)-1].Interface().(error); ok {
		return reflect.Value{}, err
	}
	return answers[0], nil
}

func fill(params reflect.Value, given object) {
	for key, value := range given {
		field := params.FieldByName(strings.ReplaceAll(key, ".", ""))
		text, err := json.Marshal(value)
		check(err)
		if _, isText := value.(string); !isText && field.Type() == reflect.TypeFor[*string]() {
			text, err = json.Marshal(string(text))
			check(err)
		}
		check(json.Unmarshal(text, field.Addr().Interface()))
	}
}

func sidOf(value reflect.Value) string {
	return reflect.Indirect(value).FieldByName("Sid").Elem().String()
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
