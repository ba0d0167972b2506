// Requests as Go's net/http/httputil dumps them, and values as its fmt and log print them.
package main

import (
	"fmt"
	"log"
	"net/http"
	"net/http/httputil"
	"os"
)

func main() {
	log.SetFlags(log.LstdFlags | log.LUTC | log.Lmicroseconds)
	for number, token := range os.Args[2:] {
		request, _ := http.NewRequest("GET", fmt.Sprintf("http://service.example/profiles/%d?id_token=%s", number, token), nil)
		request.Header.Set("Authorization", "Bearer "+token)
		dump, _ := httputil.DumpRequestOut(request, true)
		switch os.Args[1] {
		case "q":
			fmt.Printf("%q\n", dump)
		case "s":
			fmt.Printf("%s", dump)
		case "v":
			fmt.Printf("%v\n%+v\n%#v\n", request.Header, request.URL, request.Header)
		default:
			log.Printf("refused %v %v", request.URL.Path, request.Header)
		}
	}
}
