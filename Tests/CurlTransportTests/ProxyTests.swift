//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import CurlTransport
private import Glibc
internal import TestSupport
internal import Testing

/// Each in a process of its own, since the environment is all of the process's.
@Suite("Transport: proxies of the environment", .timeLimit(.minutes(5)))
struct ProxyTests {
    @Test("a proxy is asked for the way to a server, and may refuse")
    func used() async {
        await #expect(processExitsWith: .success) {
            let proxy = try LoopbackServer(.response(403))
            unsafe setenv("https_proxy", "http://127.0.0.1:\(proxy.port)", 1)
            for name in ["no_proxy", "NO_PROXY"] { unsafe unsetenv(name) }
            let error = try await CurlTransport(limits: .patient).failure("https://nothing.invalid/keys")
            #expect(error.kind == .proxyFailed)
            #expect(error.description.contains("403"))
            #expect(proxy.requests.map(\.method) == ["CONNECT"])
            #expect(proxy.requests.map(\.path) == ["nothing.invalid:443"])
        }
    }

    @Test("a proxy that there is not")
    func missing() async {
        await #expect(processExitsWith: .success) {
            unsafe setenv("https_proxy", "http://nothing.invalid:3128", 1)
            for name in ["no_proxy", "NO_PROXY"] { unsafe unsetenv(name) }
            let error = try await CurlTransport(limits: .patient).failure("https://example.invalid/keys")
            #expect(error.kind == .proxyFailed)
        }
    }

    @Test(
        "a proxy that is dead or written wrongly, without what its address says",
        arguments: [
            "http://user:swordfish@127.0.0.2:1", "http://user:swordfish@127.0.0.1:99999", "foo://swordfish@a",
            "foo://user:swordfish@example.invalid:1", "https://user:swordfish@example.invalid:1",
            "socks9://user:swordfish@example.invalid", "http://user:swordfish@[example.invalid]:1",
        ]
    )
    func dead(proxy: String) async {
        await #expect(processExitsWith: .success) { [proxy] in
            unsafe setenv("https_proxy", proxy, 1)
            for name in ["no_proxy", "NO_PROXY"] { unsafe unsetenv(name) }
            let error = try await CurlTransport(limits: .patient).failure("https://example.invalid/keys")
            #expect(error.kind == .proxyFailed)
            #expect(!error.description.contains("swordfish"))
        }
    }

    @Test("what libcurl says of a failure beyond a proxy, which may quote its address, is not told")
    func fixedWords() async {
        await #expect(processExitsWith: .success) {
            let proxy = try LoopbackServer(.nothing)
            unsafe setenv("https_proxy", "http://127.0.0.1:\(proxy.port)", 1)
            for name in ["no_proxy", "NO_PROXY"] { unsafe unsetenv(name) }
            let error = try await CurlTransport(limits: .patient).failure("https://example.invalid/keys")
            #expect(error.kind == .connectionLost)
            // libcurl's words for the code; those for this failure name the proxy.
            #expect(error.description == "the connection was lost: Failure when receiving data from the peer")
        }
    }

    @Test("no proxy is asked for this machine")
    func direct() async {
        await #expect(processExitsWith: .success) {
            let proxy = try LoopbackServer(.response(403))
            let server = try LoopbackServer(.text("hello"))
            for name in ["http_proxy", "https_proxy", "all_proxy"] {
                unsafe setenv(name, "http://127.0.0.1:\(proxy.port)", 1)
            }
            for name in ["no_proxy", "NO_PROXY"] { unsafe unsetenv(name) }
            for host in ["127.0.0.1", "localhost"] {
                #expect(try await CurlTransport(limits: .patient).get(server.url(host: host)).text == "hello")
            }
            #expect(proxy.requestCount == 0)
            #expect(server.requestCount == 2)
        }
    }
}
