//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import GoogleIDToken
internal import Testing

/// What RFC 6750 §3 and RFC 9110 §15 want of an answer, code by code.
@Suite("HTTP responses to refused requests") struct HTTPResponseTests {
    private static func answer(_ code: VerificationError.Code, realm: String = "profiles")
        -> VerificationError.HTTPResponse
    {
        VerificationError(code, "An explanation with \"secrets\".", retryAfter: .seconds(7)).httpResponse(realm: realm)
    }

    @Test("[63] no credentials: 401 with a realm and no error code")
    func missing() {
        let answer = Self.answer(.credentialsMissing)
        #expect(answer.status == 401)
        #expect(answer.headerFields.map(\.value) == [#"Bearer realm="profiles""#])
    }

    @Test(
        "[65] credentials written wrongly: 400 and invalid_request",
        arguments: [VerificationError.Code.credentialsAmbiguous, .credentialsMalformed]
    )
    func malformed(code: VerificationError.Code) {
        let answer = Self.answer(code)
        #expect(answer.status == 400)
        #expect(answer.headerFields.map(\.value).joined().contains(#"error="invalid_request""#))
    }

    @Test(
        "[64] a token that is rejected: 401 and invalid_token",
        arguments: VerificationError.Code.allCases.filter {
            VerificationError($0, "").disposition == .rejected && !$0.rawValue.hasPrefix("credentials")
        }
    )
    func rejected(code: VerificationError.Code) {
        let answer = Self.answer(code)
        #expect(answer.status == 401)
        #expect(answer.headerFields.map(\.value).joined().contains(#"error="invalid_token""#))
    }

    @Test(
        "[65] [67] a caller who may not: 403 and insufficient_scope",
        arguments: [VerificationError.Code.emailMissing, .emailNotVerified, .callerNotAllowed]
    )
    func forbidden(code: VerificationError.Code) {
        let answer = Self.answer(code)
        #expect(answer.status == 403)
        #expect(answer.headerFields.map(\.value).joined().contains(#"error="insufficient_scope""#))
    }

    @Test("[68] no keys: 503 and the seconds to wait, and no challenge")
    func undecided() {
        let answer = Self.answer(.keysUnavailable)
        #expect(answer.status == 503)
        #expect(answer.headerFields.map(\.name) == ["Retry-After"])
        #expect(answer.headerFields.map(\.value) == ["7"])
    }

    @Test(
        "[68] the seconds to wait are whole ones, at least one and at most an hour",
        arguments: [
            (nil, 1), (.zero, 1), (.seconds(-5), 1), (.milliseconds(1_200), 2), (.seconds(3_600), 3_600),
            (.seconds(3_601), 3_600), (.seconds(Int64.max), 3_600),
        ] as [(Duration?, Int)]
    )
    func secondsToWait(retryAfter: Duration?, seconds: Int) {
        #expect(VerificationError(.keysUnavailable, "", retryAfter: retryAfter).retryAfterSeconds == seconds)
    }

    @Test(
        "[61] [62] [66] a challenge is Bearer with a realm, each parameter once, of the characters that are allowed",
        arguments: VerificationError.Code.allCases,
        ["profiles", "", "a\"b\\c\r\nd\u{E9}"]
    )
    func challenge(code: VerificationError.Code, realm: String) throws {
        let answer = Self.answer(code, realm: realm)
        guard answer.status != 503 else { return }
        #expect([400, 401, 403].contains(answer.status))
        #expect(answer.headerFields.map(\.name) == ["WWW-Authenticate"])
        let value = try #require(answer.headerFields.first).value
        #expect(value.hasPrefix(#"Bearer realm=""#))
        #expect(!value.contains("secrets"))
        #expect(value.utf8.allSatisfy { 0x20...0x7E ~= $0 })
        let parts = value.dropFirst("Bearer ".count).split(separator: "\"", omittingEmptySubsequences: false)
        let names = parts.enumerated().filter { $0.offset.isMultiple(of: 2) }.map(\.element).filter { !$0.isEmpty }
        #expect(names == ["realm=", ", error=", ", error_description="].prefix(names.count).map { $0[...] })
        #expect(!value.contains("\\"))
    }
}
