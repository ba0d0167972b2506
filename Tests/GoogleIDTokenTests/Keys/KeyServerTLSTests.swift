//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import TestSupport
internal import Testing

@testable internal import GoogleIDToken

/// Keys over TLS, from servers that the test authority vouches for, or does not.
@Suite(
    "Key server: TLS",
    .timeLimit(.minutes(5)),
    .enabled(if: OpenSSLTool.isPresent, "there is no command openssl to be the server")
)
struct KeyServerTLSTests {
    private let authority: TestAuthority
    private let document: String

    init() throws {
        self.authority = try TestAuthority()
        self.document = String(decoding: try TestToken.keyDocument, as: UTF8.self)
    }

    @Test("a server that the authority vouches for")
    func good() async throws {
        let server = try TLSServer(certificate: self.authority.issue(), body: self.document)
        let verifier = try IDTokenVerifier(
            audience: TestToken.audience,
            callers: .serviceAccounts(TestToken.email),
            keys: .remote(server.url(), certificateAuthorityFile: self.authority.certificateFile)
        )
        let caller = try await verifier.verify(token: try TestToken.minted(), at: TestToken.date)
        #expect(caller.email == TestToken.email)
    }

    @Test("wrong host")
    func wrongHost() async throws {
        let certificate = try self.authority.issue(names: ["DNS:example.com"])
        try await self.expectFailure(try TLSServer(certificate: certificate, body: self.document), "subject name")
    }

    @Test("expired")
    func expired() async throws {
        let certificate = try self.authority.issue(validity: .past)
        try await self.expectFailure(try TLSServer(certificate: certificate, body: self.document), "expired")
    }

    @Test("unknown authority")
    func unknownAuthority() async throws {
        let other = try TestAuthority()
        try await self.expectFailure(try TLSServer(certificate: other.issue(), body: self.document), "certificate")
    }

    @Test("TLS 1.1 only")
    func oldVersion() async throws {
        let options = ["-tls1_1", "-cipher", "ALL@SECLEVEL=0"]
        let server = try TLSServer(certificate: self.authority.issue(), body: self.document, options: options)
        try await self.expectFailure(server, "protocol")
    }

    private func expectFailure(_ server: TLSServer, _ words: String) async throws {
        let remote = RemoteKeys(server.url(), certificateAuthorityFile: self.authority.certificateFile)
        let error = await #expect(throws: VerificationError.self) { try await remote.store.warmUp() }
        #expect(error?.code == .keysUnavailable)
        #expect(error?.explanation.contains("TLS") == true, "\(error?.explanation ?? "")")
        #expect(error?.explanation.contains(words) == true, "\(error?.explanation ?? "")")
    }
}
