//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import CurlTransport
internal import TestSupport
internal import Testing

@Suite(
    "Transport: TLS",
    .timeLimit(.minutes(5)),
    .enabled(if: OpenSSLTool.isPresent, "there is no command openssl to be the server")
)
struct TLSTests {
    private let authority: TestAuthority
    private let transport: CurlTransport

    init() throws {
        self.authority = try TestAuthority()
        self.transport = CurlTransport(limits: .patient, certificateAuthorityFile: self.authority.certificateFile)
    }

    @Test("a server that the authority vouches for, by name and by address")
    func good() async throws {
        let server = try TLSServer(certificate: self.authority.issue(), body: "hello")
        for host in ["localhost", "127.0.0.1"] {
            let response = try await self.transport.get(server.url(host: host))
            #expect(response.status == 200)
            #expect(response.text == "hello")
        }
    }

    @Test("TLS 1.2 and 1.3 will do", arguments: ["-tls1_2", "-tls1_3"])
    func versions(option: String) async throws {
        let server = try TLSServer(certificate: self.authority.issue(), body: "hello", options: [option])
        #expect(try await self.transport.get(server.url()).text == "hello")
    }

    @Test("TLS 1.1 will not")
    func oldVersion() async throws {
        let server = try TLSServer(
            certificate: self.authority.issue(),
            options: ["-tls1_1", "-cipher", "ALL@SECLEVEL=0"]
        )
        let error = try await self.transport.failure(server.url())
        #expect(error.kind == .tlsRefused)
        #expect(error.description.contains("protocol"), "\(error)")
    }

    @Test("an authority that is not the system's, without a file")
    func systemAuthorities() async throws {
        let server = try TLSServer(certificate: self.authority.issue())
        let error = try await CurlTransport(limits: .patient).failure(server.url())
        #expect(error.kind == .tlsRefused)
        #expect(error.description.contains("issuer"), "\(error)")
    }

    @Test("another authority")
    func otherAuthority() async throws {
        let other = try TestAuthority()
        let server = try TLSServer(certificate: other.issue())
        let error = try await self.transport.failure(server.url())
        #expect(error.kind == .tlsRefused)
        // Both authorities have the same name, so that it is the signature that does not fit.
        #expect(error.description.contains("certificate"), "\(error)")
        #expect(!error.description.contains("expired"))
    }

    @Test(
        "a certificate for another host",
        arguments: [
            ("DNS:example.com", "localhost"), ("DNS:localhost", "127.0.0.1"), ("IP:127.0.0.1", "localhost"),
            ("IP:127.0.0.2", "127.0.0.1"), ("DNS:localhost.example.com", "localhost"),
        ]
    )
    func otherHost(name: String, host: String) async throws {
        let server = try TLSServer(certificate: self.authority.issue(names: [name]))
        let error = try await self.transport.failure(server.url(host: host))
        #expect(error.kind == .tlsRefused)
        #expect(error.description.contains("subject name"), "\(error)")
    }

    @Test("a certificate without any host, whose common name is the server's to choose, and not quoted")
    func commonName() async throws {
        let server = try TLSServer(certificate: self.authority.issue(names: ["email:keys@example.com"]))
        let error = try await self.transport.failure(server.url())
        #expect(error.kind == .tlsRefused)
        #expect(error.description.contains("no subject name of the certificate matches the host"), "\(error)")
        #expect(!error.description.contains("'"))
    }

    @Test(
        "a certificate that is no longer valid, or not yet",
        arguments: [(TestAuthority.Validity.past, "expired"), (.future, "not yet valid")]
    )
    func validity(validity: TestAuthority.Validity, reason: String) async throws {
        let server = try TLSServer(certificate: self.authority.issue(validity: validity))
        let error = try await self.transport.failure(server.url())
        #expect(error.kind == .tlsRefused)
        #expect(error.description.contains(reason), "\(error)")
    }

    @Test("an authority file that is not there, or holds no certificate")
    func authorityFile() async throws {
        let certificate = try self.authority.issue()
        let server = try TLSServer(certificate: certificate)
        for file in ["/nonexistent/authority.pem", certificate.keyFile] {
            let transport = CurlTransport(limits: .patient, certificateAuthorityFile: file)
            #expect(try await transport.failure(server.url()).kind == .tlsRefused)
        }
        let error = #expect(throws: TransportError.self) {
            try CurlTransport(certificateAuthorityFile: "/nonexistent/authority.pem").check(server.url())
        }
        #expect(error?.kind == .certificateAuthoritiesUnreadable)
        #expect(error?.description.contains("/nonexistent/authority.pem") == true)
        #expect(throws: Never.self) { try self.transport.check(server.url()) }
    }

    @Test("a server that has stopped refuses")
    func stopped() async throws {
        let server = try TLSServer(certificate: self.authority.issue())
        server.stop()
        #expect(try await self.transport.failure(server.url()).kind == .connectionRefused)
    }
}
