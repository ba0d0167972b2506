//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

private import CCurl
internal import CurlTransport
private import Foundation
internal import TestSupport
internal import Testing

/// The certificate of one authority with an elliptic key in the folder that libcurl looks into, if there is one.
private let ellipticAuthority: String? = {
    // From this version of the structure on there is the folder in it.
    guard let folder = unsafe curl_version_info(CURLVERSION_SEVENTH).pointee.capath else { return nil }
    let path = unsafe String(cString: folder)
    // id-ecPublicKey (RFC 5480 §2.1.1).
    let identifier = Data([0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01])
    return (try? FileManager.default.contentsOfDirectory(atPath: path))?.filter { $0.hasSuffix(".0") }.sorted()
        .map { "\(path)/\($0)" }
        .first { file in
            guard let pem = try? String(contentsOfFile: file, encoding: .utf8) else { return false }
            let lines = pem.split(separator: "\n").filter { !$0.hasPrefix("-----") }
            return Data(base64Encoded: lines.joined())?.firstRange(of: identifier) != nil
        }
}()

@Suite(
    "Transport: the system's authorities",
    .timeLimit(.minutes(5)),
    .enabled(if: OpenSSLTool.isPresent, "there is no command openssl to be the server"),
    .enabled(if: ellipticAuthority != nil, "libcurl knows no folder of authorities here")
)
struct SystemAuthorityTests {
    private let namesake: TestAuthority
    private let other: TestAuthority

    init() throws {
        self.namesake = try TestAuthority(withNameIn: ellipticAuthority)
        self.other = try TestAuthority()
    }

    @Test("with a file of authorities, the system's are not looked up")
    func notLookedUp() async throws {
        // The namesake has the name of an authority of the system, not its key: who finds the system's by that name
        // complains of the signature, and who does not look there finds no issuer.
        let server = try TLSServer(
            certificate: self.namesake.issue(),
            // Otherwise the server finds the system's authority itself, and sends it along.
            options: ["-no-CAfile", "-no-CApath", "-no-CAstore"]
        )
        let bySystem = try await CurlTransport(limits: .patient).failure(server.url())
        #expect(bySystem.kind == .tlsRefused)
        #expect(!bySystem.description.contains("issuer"), "\(bySystem)")

        let transport = CurlTransport(limits: .patient, certificateAuthorityFile: self.other.certificateFile)
        let error = try await transport.failure(server.url())
        #expect(error.kind == .tlsRefused)
        #expect(error.description.contains("issuer"), "\(error)")
    }
}
