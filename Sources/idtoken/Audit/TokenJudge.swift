//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import Foundation
internal import GoogleIDToken
internal import IDTokenBytes
internal import OpenSSLSignature

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
            return self.rowWithoutNextMessage(error, token, at: moment) ?? self.row(error, token, at: moment)
        }
    }

    /// The row of the token without the beginning of the message that follows it directly, as a body whose length is not
    /// known is followed by the next request or response.
    private func rowWithoutNextMessage(
        _ error: VerificationError,
        _ token: CapturedToken,
        at moment: JudgementTime.Moment
    ) -> AuditRow? {
        guard error.code == .tokenMalformed || error.code == .signatureInvalid,
            let shorter = self.withoutNextMessage(token)
        else { return nil }
        var row = self.judge(shorter, at: moment)
        guard row.code != VerificationError.Code.tokenMalformed.rawValue,
            row.code != VerificationError.Code.signatureInvalid.rawValue
        else { return nil }
        row.token = (try? SHA256Digest())?.hash(shorter.text.utf8.span).map { SHA256Hash($0).prefixText } ?? ""
        let words = "The next message follows the signature directly; the token is judged without it."
        row.explanation = row.explanation.isEmpty ? words : row.explanation + " " + words
        return row
    }

    /// What a message of HTTP begins with (RFC 9110 §9.3, RFC 5789, RFC 9112 §4).
    private static let messageBeginnings = [
        "CONNECT", "DELETE", "GET", "HEAD", "HTTP", "OPTIONS", "PATCH", "POST", "PUT", "TRACE",
    ]

    /// The token without such a beginning, if what is before it has the length of a signature of its key.
    private func withoutNextMessage(_ token: CapturedToken) -> CapturedToken? {
        let segments = token.text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard segments.count == 3, let header = Bytes.decodeBase64URL(segments[0].span),
            let keyID = (try? JSONReader.read(header))?.objectValue?["kid"]?.stringValue,
            let size = self.verifier.signatureSize(ofKey: keyID)
        else { return nil }
        let following = segments[2].dropFirst((size * 8 + 5) / 6)
        guard Self.messageBeginnings.contains(where: { $0.utf8.elementsEqual(following) }) else { return nil }
        var shorter = token
        shorter.text = String(Substring(token.text.utf8.dropLast(following.count)))
        return shorter
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
            guard let claims = (try? JSONReader.read(compact.payload))?.objectValue else { break }
            row.take(claims: claims, hasVerifiedEmail: self.verifier.hasVerifiedEmail(inClaims: compact.payload))
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
