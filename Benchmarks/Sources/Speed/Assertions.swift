//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import FoundationEssentials
internal import GoogleIDToken

/// The assertions of Identity-Aware Proxy, which are signed with ES256.
struct Assertions {
    /// What the names of all subjects begin with.
    static let prefix = "ES256: "

    private struct Assertion {
        let text: String
        let signed: [UInt8]
        let der: [UInt8]
    }

    private let baseline = Baseline(isElliptic: true)
    private let all: [Assertion]
    private let requests: [[(name: String, value: String)]]
    private let verifier: IDTokenVerifier

    init(count: Int) throws {
        let baseline = self.baseline
        let issuedAt = Int(Date().timeIntervalSince1970) - 60
        let header = Tokens.encode(Array(#"{"alg":"ES256","typ":"JWT","kid":"2nMJtw"}"#.utf8))
        self.all = (0..<count).map { index in
            let claims = #"""
                {"aud":"/projects/123456/locations/europe-west1/services/profiles","email":"user\#(index)@example.com","exp":\#(issuedAt + 600),"google":{"access_levels":["accessPolicies/518551280924/accessLevels/recentSecureConnectData"]},"hd":"example.com","iat":\#(issuedAt),"iss":"https://cloud.google.com/iap","sub":"accounts.google.com:1040292928530\#(10_000_000 + index)"}
                """#
            let signed = Array("\(header).\(Tokens.encode(Array(claims.utf8)))".utf8)
            let signature = baseline.signElliptic(signed)
            let text = "\(String(decoding: signed, as: UTF8.self)).\(Tokens.encode(signature.fixed))"
            return Assertion(text: text, signed: signed, der: signature.der)
        }
        self.requests = self.all.map { assertion in
            [
                (name: "Host", value: "profiles-123456789012.europe-west1.run.app"),
                (name: "User-Agent", value: "Mozilla/5.0"),
                (name: "Accept", value: "*/*"),
                (name: "Cookie", value: "GCP_IAP_UID=1"),
                (name: "X-Goog-IAP-JWT-Assertion", value: assertion.text),
                (name: "X-Forwarded-For", value: "203.0.113.1"),
                (name: "X-Forwarded-Proto", value: "https"),
            ]
        }
        let point = baseline.point
        let key = #"{"alg":"ES256","crv":"P-256","kid":"2nMJtw","kty":"EC","use":"sig","x":"\#(Tokens.encode(point.x))","y":"\#(Tokens.encode(point.y))"}"#
        self.verifier = try IDTokenVerifier(
            trusting: .identityAwareProxy,
            audience: .cloudRun(project: 123456, region: "europe-west1", service: "profiles"),
            callers: .hostedDomain("example.com"),
            keys: .document(#"{"keys":[\#(key)]}"#.utf8)
        )
    }

    /// Raw OpenSSL over the same bytes, with signatures in DER.
    var raw: Subject {
        let (baseline, all) = (self.baseline, self.all)
        return Subject("\(Self.prefix)\(Subject.raw)", batchSize: 100) { first, count in
            for index in first..<first + count {
                let assertion = all[index % all.count]
                baseline.verify(assertion.signed, assertion.der)
            }
        }
    }

    var new: Subject {
        let (verifier, requests) = (self.verifier, self.requests)
        return Subject("\(Self.prefix)verify(headers:), every assertion new", batchSize: 100) { first, count in
            for index in first..<first + count {
                _ = try await verifier.verify(headers: requests[index % requests.count])
            }
        }
    }

    func cached() throws -> Subject {
        let verifier = self.verifier
        let request = self.requests[0]
        try Subjects.admit([request], to: verifier)
        return Subject("\(Self.prefix)verify(headers:), assertion seen twice before", batchSize: 4_000) { _, count in
            for _ in 0..<count { _ = try await verifier.verify(headers: request) }
        }
    }
}
