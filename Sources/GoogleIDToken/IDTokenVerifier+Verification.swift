//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

extension IDTokenVerifier {
    /// Verifies a credential.
    ///
    /// Only the token's header is parsed before its signature is verified.
    // Inlined into the public methods: a second asynchronous frame costs a cached token a tenth of its time.
    @inline(__always)
    func verify(
        _ credential: PresentedCredential,
        of request: ServedRequest? = nil,
        at time: JudgementTime
    ) async throws(VerificationError) -> VerifiedIDToken {
        let start = self.startTime()
        do throws(VerificationError) {
            let token = try self.read(credential)
            switch token.voucher {
            case .key(let id, let signed):
                // This is the only step that can suspend, and it suspends only while keys are fetched.
                let key = if let key = try self.keys.currentKey(id) { key } else { try await self.keys.fetchedKey(id) }
                let claims = try self.claims(of: signed, signedWith: key)
                let caller = try self.judge(claims, signedWith: id, in: token.credentialHeader, at: time)
                self.noteAccepted(signed, claims, signedWith: key, id, since: start)
                return caller
            case .cloudRun(let unsigned):
                let caller = try self.judge(unsigned, in: token.credentialHeader, at: time)
                self.report(isCached: false, since: start)
                return caller
            }
        } catch {
            let error = self.explained(error)
            self.report(error, of: request, since: start)
            throw error
        }
    }

    /// Verifies a credential in the same steps, using only keys that are already loaded.
    func verifyWithoutFetching(
        _ credential: PresentedCredential,
        at time: JudgementTime
    ) throws(VerificationError) -> VerifiedIDToken {
        let start = self.startTime()
        do throws(VerificationError) {
            let token = try self.read(credential)
            switch token.voucher {
            case .key(let id, let signed):
                let key = try self.keys.keyWithoutFetching(id)
                let claims = try self.claims(of: signed, signedWith: key)
                let caller = try self.judge(claims, signedWith: id, in: token.credentialHeader, at: time)
                self.noteAccepted(signed, claims, signedWith: key, id, since: start)
                return caller
            case .cloudRun(let unsigned):
                let caller = try self.judge(unsigned, in: token.credentialHeader, at: time)
                self.report(isCached: false, since: start)
                return caller
            }
        } catch {
            let error = self.explained(error)
            self.report(error, of: nil, since: start)
            throw error
        }
    }

    /// The error with an explanation in the words for this verifier's tokens.
    private func explained(_ error: VerificationError) -> VerificationError {
        let words = self.profile.words
        return words === TokenWords.googleIDToken ? error : error.explained(by: words)
    }
}
