//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if Emulator
internal import GoogleIDToken
internal import GoogleIDTokenTesting

extension StandIn {
    private static let parameters = ["audience", "claims", "defect", "email", "issuer", "sender", "subject"]

    /// The answer to `GET /control/token`.
    func mintedToken(_ query: FormFields) throws -> LocalAnswer {
        if let unknown = query.names.first(where: { name in !Self.parameters.contains { $0.isExactly(name) } }) {
            throw ControlError(
                "there is no parameter '\(unknown)'; the possible parameters are "
                    + Self.parameters.joined(separator: ", ")
            )
        }
        let defect = try query["defect"].map { try Self.choice($0, of: TokenDefect.self, "defect") }
        let profile = try Self.profile(query["issuer"])
        guard let audience = query["audience"] ?? profile.audiences?.first else {
            throw ControlError("audience is missing; add ?audience=URL to the path")
        }
        guard profile === TrustProfile.googleIDToken else {
            return .text(try self.tokenOfIssuer(profile, for: audience, query, defect: defect))
        }
        if query["claims"] != nil { throw ControlError("claims can only be given with the issuer of other tokens") }
        let sender = try query["sender"].map { try Self.choice($0, of: TokenSender.self, "sender") }
        let caller = Self.caller(query, default: self.settings.serviceAccount)
        return .text(try self.mint(for: audience, from: sender ?? .cloudRun, caller: caller, defect: defect))
    }

    private func tokenOfIssuer(
        _ profile: TrustProfile,
        for audience: String,
        _ query: FormFields,
        defect: TokenDefect?
    ) throws -> String {
        guard query["sender"] == nil else { throw ControlError("only Google ID tokens have a sender; leave it out") }
        do throws(IDTokenVerifier.ConfigurationError) {
            try profile.checkAudience(audience)
        } catch {
            throw ControlError(error.explanation)
        }
        do throws(TestIssuerError) {
            return try self.mint(
                of: profile,
                for: audience,
                caller: Self.caller(query, default: .user),
                claims: query["claims"] ?? "{}",
                defect: defect
            )
        } catch {
            throw ControlError(error.description)
        }
    }

    private static func caller(_ query: FormFields, default caller: TestCaller) -> TestCaller {
        guard query["email"] != nil || query["subject"] != nil else { return caller }
        return TestCaller(email: query["email"] ?? caller.email, subject: query["subject"])
    }

    private static func profile(_ name: String?) throws(ControlError) -> TrustProfile {
        do throws(IDTokenVerifier.ConfigurationError) {
            return try name.map { (name) throws(IDTokenVerifier.ConfigurationError) in try TrustProfile.named(name) }
                ?? .googleIDToken
        } catch {
            throw ControlError(error.explanation)
        }
    }
}
#endif
