//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if GRPC
internal import GRPCCore
internal import GoogleIDToken
internal import GoogleIDTokenGRPC
internal import Testing

@Suite("VerificationError as a status")
struct VerificationErrorStatusTests {
    private static let invalidArgument: Set<VerificationError.Code> = [.credentialsAmbiguous, .credentialsMalformed]
    private static let permissionDenied: Set<VerificationError.Code> = [
        .emailMissing, .emailNotVerified, .callerNotAllowed,
    ]

    /// Section 8 of the design, code by code.
    private static func status(of code: VerificationError.Code) -> RPCError.Code {
        if Self.invalidArgument.contains(code) { return .invalidArgument }
        if Self.permissionDenied.contains(code) { return .permissionDenied }
        if code == .keysUnavailable { return .unavailable }
        return code == .cancelled ? .cancelled : .unauthenticated
    }

    @Test("each code has its status, fixed words and no metadata", arguments: VerificationError.Code.allCases)
    func status(code: VerificationError.Code) {
        let error = RPCError(VerificationError(code, "explanation", retryAfter: .seconds(7)))
        #expect(error.code == Self.status(of: code))
        #expect(error.message == code.descriptionForCallers)
        #expect(error.message.unicodeScalars.allSatisfy { " "..."~" ~= $0 })
        #expect(error.metadata.isEmpty)
        #expect((error.cause as? VerificationError)?.explanation == "explanation")
    }
}
#endif
