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
@Suite(
    "Transport: certificate authorities of the environment",
    .timeLimit(.minutes(5)),
    .enabled(if: OpenSSLTool.isPresent, "there is no command openssl to be the server")
)
struct AuthorityVariableTests {
    /// An authority that does not vouch for the server; it has the same name as the one that does.
    private let other: TestAuthority
    private let authority: TestAuthority
    private let server: TLSServer

    init() throws {
        self.other = try TestAuthority()
        self.authority = try TestAuthority()
        self.server = try TLSServer(certificate: self.authority.issue(), body: "hello")
    }

    /// Sets these variables, and no others for certificates.
    private static func set(_ variables: [String: String]) {
        for name in ["CURL_CA_BUNDLE", "SSL_CERT_DIR", "SSL_CERT_FILE"] { unsafe unsetenv(name) }
        for (name, value) in variables { unsafe setenv(name, value, 1) }
    }

    /// Expects that the server is trusted with these variables.
    private func expectTrust(_ variables: [String: String]) async {
        await #expect(processExitsWith: .success) { [url = self.server.url() as String, variables] in
            Self.set(variables)
            let transport = CurlTransport(limits: .patient)
            try transport.check(url)
            #expect(try await transport.get(url).text == "hello")
        }
    }

    /// Expects that the server is not trusted with these variables, and that the error contains words.
    private func expectRefusal(_ variables: [String: String], _ words: String) async {
        await #expect(processExitsWith: .success) { [url = self.server.url() as String, variables, words] in
            Self.set(variables)
            let error = try await CurlTransport(limits: .patient).failure(url)
            #expect(error.kind == .tlsRefused)
            #expect(error.description.contains(words), "\(error)")
        }
    }

    @Test("each variable for a file names the authorities", arguments: ["CURL_CA_BUNDLE", "SSL_CERT_FILE"])
    func file(name: String) async {
        await self.expectTrust([name: self.authority.certificateFile])
    }

    @Test("SSL_CERT_DIR names folders of authorities, of which one may be missing")
    func folder() async throws {
        await self.expectTrust(["SSL_CERT_DIR": "/nonexistent:\(try self.authority.makeCertificateFolder())"])
    }

    @Test("SSL_CERT_FILE and SSL_CERT_DIR are both used")
    func both() async throws {
        let folder = try self.authority.makeCertificateFolder()
        // A certificate with another name than the authority's, which OpenSSL does not try in the authority's place.
        let file = try self.other.issue().certificateFile
        await self.expectTrust(["SSL_CERT_DIR": folder, "SSL_CERT_FILE": file])
    }

    @Test("after CURL_CA_BUNDLE the others are not read")
    func order() async throws {
        let folder = try self.authority.makeCertificateFolder()
        await self.expectTrust([
            "CURL_CA_BUNDLE": self.authority.certificateFile, "SSL_CERT_FILE": "/nonexistent/authorities.pem",
            "SSL_CERT_DIR": "/nonexistent",
        ])
        await self.expectRefusal(
            [
                "CURL_CA_BUNDLE": self.other.certificateFile, "SSL_CERT_FILE": self.authority.certificateFile,
                "SSL_CERT_DIR": folder,
            ],
            "CURL_CA_BUNDLE"
        )
    }

    @Test("an empty variable counts as unset")
    func empty() async {
        await self.expectTrust([
            "CURL_CA_BUNDLE": "", "SSL_CERT_DIR": "", "SSL_CERT_FILE": self.authority.certificateFile,
        ])
    }

    @Test("with a file of authorities that the application gives, no variable is read")
    func parameter() async throws {
        await #expect(processExitsWith: .success) {
            [
                url = self.server.url() as String, own = self.authority.certificateFile as String,
                other = self.other.certificateFile as String
            ] in
            Self.set(["CURL_CA_BUNDLE": "/nonexistent/authorities.pem"])
            let transport = CurlTransport(limits: .patient, certificateAuthorityFile: own)
            try transport.check(url)
            #expect(try await transport.get(url).text == "hello")
            Self.set(["CURL_CA_BUNDLE": own])
            let error = try await CurlTransport(limits: .patient, certificateAuthorityFile: other).failure(url)
            #expect(error.kind == .tlsRefused)
        }
    }

    @Test(
        "a variable that names nothing that can be read is an error with its name, unless there is no TLS",
        arguments: [
            ("CURL_CA_BUNDLE", "/nonexistent/authorities.pem"), ("SSL_CERT_FILE", "/nonexistent/authorities.pem"),
            ("SSL_CERT_FILE", "/tmp"), ("SSL_CERT_DIR", "/nonexistent"), ("SSL_CERT_DIR", "/nonexistent:/dev/null"),
            ("SSL_CERT_DIR", ":"),
        ]
    )
    func missing(name: String, value: String) async {
        await #expect(processExitsWith: .success) { [name, value] in
            Self.set([name: value])
            let error = #expect(throws: TransportError.self) { try CurlTransport().check("https://example.com/") }
            #expect(error?.kind == .certificateAuthoritiesUnreadable)
            #expect(error?.description.contains("the environment variable \(name) names") == true)
            #expect(error?.description.contains("\(value), which cannot be read") == true)
            #expect(error?.description.hasSuffix("or unset the variable") == true)
            try CurlTransport().check("http://localhost/")
        }
    }

    @Test(
        "a file without certificates is an error with the variable's name",
        arguments: ["CURL_CA_BUNDLE", "SSL_CERT_FILE"]
    )
    func unusable(name: String) async throws {
        let keyFile = try self.authority.issue().keyFile
        await self.expectRefusal([name: keyFile], "the file that the environment variable \(name) names cannot be used")
    }

    @Test("for a server of another authority, the error names where authorities come from, or can be named")
    func untrusted() async {
        await self.expectRefusal(["SSL_CERT_DIR": "/tmp"], "in what the environment variable SSL_CERT_DIR names")
        await self.expectRefusal([:], "name a PEM file with its certificate in SSL_CERT_FILE")
    }
}
