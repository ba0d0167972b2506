//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import Foundation
internal import GoogleIDToken

/// Judges single tokens.
struct TokenJudge: Sendable {
    let verifier: IDTokenVerifier
    /// What the archive says about the keys.
    let keyNotes: KeyNotes

    /// Judges a token.
    ///
    /// - Parameters:
    ///   - token: The token.
    ///   - moment: The time at which it must be valid.
    /// - Returns: A row with everything that does not depend on the record.
    func judge(_ token: CapturedToken, at moment: JudgementTime.Moment) -> AuditRow {
        do throws(VerificationError) {
            let verified =
                switch moment {
                case .ownTime, .ownTimeByDefault: try self.verifier.verifyWithoutFetching(tokenInItsOwnTime: token.text)
                case .captured(let seconds), .given(let seconds):
                    try self.verifier.verifyWithoutFetching(
                        token: token.text,
                        at: Date(timeIntervalSince1970: seconds)
                    )
                }
            var row = AuditRow(verdict: .verified, judged: moment.text)
            row.take(verified)
            row.explanation = self.keyNotes.accepted(row.keyID, issuedAt: verified.issuedAt.timeIntervalSince1970)
            self.addSightings(to: &row)
            return row
        } catch {
            return self.row(error, token, at: moment)
        }
    }

    private func row(_ error: VerificationError, _ token: CapturedToken, at moment: JudgementTime.Moment) -> AuditRow {
        var row = AuditRow(
            verdict: error.disposition == .undecided || error.code == .signatureRemoved ? .undecided : .rejected,
            code: error.code.rawValue,
            judged: moment.text,
            explanation: error.explanation
        )
        let limit = IDTokenVerifier.Configuration().maximumTokenSize
        guard let compact = try? CompactToken(parsing: token.text, maximumSize: limit) else {
            if token.isCut, error.code == .tokenMalformed { row.beCut() }
            return row
        }
        row.keyID = (try? JSONReader.read(compact.header))?.objectValue?["kid"]?.stringValue ?? ""
        self.addSightings(to: &row)
        switch error.code {
        case .keyUnknown:
            let claims = (try? JSONReader.read(compact.payload))?.objectValue
            if let words = self.keyNotes.undecided(row.keyID, issuedAt: claims?["iat"]?.doubleValue) {
                row.verdict = .undecided
                row.explanation = words
            }
        case .signatureInvalid:
            // A signature of the full length is wrong and not cut, whatever follows it.
            let size = self.verifier.signatureSize(ofKey: row.keyID) ?? 0
            if token.isCut, compact.signature.count < size { row.beCut() }
        default:
            guard error.code.stage.isAfterSignature else { break }
            if let claims = (try? JSONReader.read(compact.payload))?.objectValue { row.take(claims: claims) }
        }
        return row
    }

    private func addSightings(to row: inout AuditRow) {
        guard let seen = self.keyNotes.sightings(ofKey: row.keyID) else { return }
        row.keyFirstSeen = seen.first
        row.keyLastSeen = seen.last
    }
}

extension AuditRow {
    fileprivate mutating func beCut() {
        self.verdict = .undecided
        self.code = "token_cut"
        self.explanation =
            "The end of the token is missing: the program that wrote the record has cut it, or the input ends there. "
            + "Look for the whole token in another log."
    }
}
#endif
