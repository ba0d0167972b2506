//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

@testable import GoogleIDToken

/// Claims that are accepted are of the right issuer, audience and time, by Foundation's reading too.
///
/// No fuzzer can sign, so the claims are those of a token whose signature was removed, where Cloud Run is believed.
enum ClaimsTarget {
    private static let header = Base64URL.encode(Array(#"{"alg":"RS256","kid":"a","typ":"JWT"}"#.utf8))

    static func run(_ bytes: [UInt8]) {
        let token = "\(Self.header).\(Base64URL.encode(bytes)).\(CompactToken.removedSignature)"
        guard
            let caller = try? Verifiers.trustingCloudRun.verifyWithoutFetching(
                headers: [(name: "Authorization", value: "Bearer \(token)")],
                at: Verifiers.now
            )
        else { return }
        promise(caller.assurance == .cloudRunIAM && caller.keyID == nil, "no signature is claimed")
        guard let second = SecondReader.object(bytes) else { return }
        let issuers = ["https://accounts.google.com", "accounts.google.com"]
        promise(
            (second["iss"] as? String).map { issuers.contains($0) && caller.issuer.isExactly($0) } == true,
            "issuer"
        )
        let audiences = (second["aud"] as? [String]) ?? (second["aud"] as? String).map { [$0] } ?? []
        promise(!audiences.isEmpty && audiences.allSatisfy { $0.isExactly(Verifiers.audience) }, "audience")
        promise((second["sub"] as? String)?.isExactly(caller.subject) == true, "subject")
        promise((second["email"] as? String) == caller.email, "email")
        promise(caller.isEmailVerified == (SecondReader.bool(second["email_verified"]) == true), "email_verified")
        let now = Verifiers.now.timeIntervalSince1970
        let times = ["exp", "iat"].map { SecondReader.number(second[$0]) }
        guard let end = times[0], let start = times[1] else { return promise(false, "times are numbers") }
        promise(now < end + 30 && start <= now + 30 && end - start <= 86_400, "time")
        if let begin = second["nbf"] {
            promise(SecondReader.number(begin).map { $0 <= now + 30 } == true, "nbf")
        }
    }
}
