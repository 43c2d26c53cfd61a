package main

import (
	"context"
	"fmt"
	"net"
	"os"
	"strings"

	"golang.org/x/net/dns/dnsmessage"
	core "k8s.io/api/core/v1"
	discovery "k8s.io/api/discovery/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	corelisters "k8s.io/client-go/listers/core/v1"
	discoverylisters "k8s.io/client-go/listers/discovery/v1"
	"k8s.io/client-go/tools/clientcmd"
)

const (
	zone = ".svc.cluster.local."
	ttl  = 5
)

// names answers what pods ask for: services of the cluster, and the pods behind those without an address of their own.
type names struct {
	services corelisters.ServiceLister
	slices   discoverylisters.EndpointSliceLister
}

// serveNames answers by UDP at an address, from what the API server says, until it is ended.
func serveNames(kubeconfig, address string) error {
	config, err := clientcmd.BuildConfigFromFlags("", kubeconfig)
	if err != nil {
		return err
	}
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	factory := informers.NewSharedInformerFactory(client, 0)
	known := names{factory.Core().V1().Services().Lister(), factory.Discovery().V1().EndpointSlices().Lister()}
	factory.Start(context.Background().Done())
	factory.WaitForCacheSync(context.Background().Done())
	socket, err := net.ListenPacket("udp", address)
	if err != nil {
		return err
	}
	fmt.Println("answering at", address)
	buffer := make([]byte, 4096)
	for {
		size, from, err := socket.ReadFrom(buffer)
		if err != nil {
			return err
		}
		if answer, err := known.answer(buffer[:size]); err == nil {
			_, _ = socket.WriteTo(answer, from)
		} else {
			fmt.Fprintln(os.Stderr, err)
		}
	}
}

func (n names) answer(query []byte) ([]byte, error) {
	var parser dnsmessage.Parser
	header, err := parser.Start(query)
	if err != nil {
		return nil, err
	}
	question, err := parser.Question()
	if err != nil {
		return nil, err
	}
	addresses, exists := n.find(strings.ToLower(question.Name.String()))
	answer := dnsmessage.Message{
		Header: dnsmessage.Header{
			ID: header.ID, Response: true, Authoritative: true,
			RecursionDesired: header.RecursionDesired, RecursionAvailable: true,
		},
		Questions: []dnsmessage.Question{question},
	}
	if !exists {
		answer.RCode = dnsmessage.RCodeNameError
	}
	of := dnsmessage.ResourceHeader{Name: question.Name, Class: dnsmessage.ClassINET, TTL: ttl}
	if question.Type == dnsmessage.TypeA { // a name that exists without an IPv6 address is no error: resolvers would give up
		for _, address := range addresses {
			if v4 := net.ParseIP(address).To4(); v4 != nil {
				answer.Answers = append(answer.Answers, dnsmessage.Resource{Header: of, Body: &dnsmessage.AResource{A: [4]byte(v4)}})
			}
		}
	}
	return answer.Pack()
}

// find knows SERVICE.NAMESPACE and POD.SERVICE.NAMESPACE.
func (n names) find(name string) (addresses []string, exists bool) {
	inside, ours := strings.CutSuffix(name, zone)
	parts := strings.Split(inside, ".")
	if !ours || len(parts) < 2 || len(parts) > 3 {
		return nil, false
	}
	at := len(parts) - 2
	service, err := n.services.Services(parts[at+1]).Get(parts[at])
	switch {
	case err != nil:
		return nil, false
	case at == 1:
		addresses = n.pods(service, parts[0])
		return addresses, len(addresses) > 0
	case service.Spec.ClusterIP == core.ClusterIPNone:
		return n.pods(service, ""), true
	default:
		return service.Spec.ClusterIPs, true
	}
}

// pods gives the addresses of those that are ready, of all or of the one with a host name.
func (n names) pods(service *core.Service, host string) []string {
	var found []string
	slices, _ := n.slices.EndpointSlices(service.Namespace).List(labels.Set{discovery.LabelServiceName: service.Name}.AsSelector())
	for _, slice := range slices {
		for _, endpoint := range slice.Endpoints {
			ready := endpoint.Conditions.Ready == nil || *endpoint.Conditions.Ready
			if ready && (host == "" || endpoint.Hostname != nil && *endpoint.Hostname == host) {
				found = append(found, endpoint.Addresses...)
			}
		}
	}
	return found
}
