//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import Testing

@testable internal import GoogleIDTokenCredentials

@Suite("Errors of credentials")
struct IDTokenCredentialsErrorTests {
    @Test("codes are words in lower case, fit for a metric label", arguments: IDTokenCredentialsError.Code.allCases)
    func codes(code: IDTokenCredentialsError.Code) {
        #expect(code.rawValue.allSatisfy { $0.isLowercase && $0.isASCII || $0 == "_" })
        #expect(IDTokenCredentialsError(code, "a") == IDTokenCredentialsError(code, "b"))
        #expect("\(IDTokenCredentialsError(code, "a"))" == "\(code.rawValue): a")
    }

    @Test("each disposition has codes", arguments: IDTokenCredentialsError.Disposition.allCases)
    func dispositions(disposition: IDTokenCredentialsError.Disposition) {
        #expect(IDTokenCredentialsError.Code.allCases.contains { $0.disposition == disposition })
    }
}
