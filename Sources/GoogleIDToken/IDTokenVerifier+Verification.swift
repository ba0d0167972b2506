//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

extension IDTokenVerifier {
    /// Verifies what a caller presents.
    ///
    /// Nothing is believed before something vouches for it: until the signature holds, only the token's header is read.
    @inline(__always)
    func verify(
        _ credential: PresentedCredential,
        at time: JudgementTime
    ) async throws(VerificationError) -> VerifiedIDToken {
        let start = self.startTime()
        do throws(VerificationError) {
            let token = try self.read(credential)
            switch token.voucher {
            case .key(let id, let signed):
                // The only step that can suspend, and it does so only while keys are fetched.
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
            self.report(error, since: start)
            throw error
        }
    }

    /// Verifies what a caller presents by the same steps, with no keys but those that were fetched before.
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
            self.report(error, since: start)
            throw error
        }
    }
}
