//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

extension IDTokenVerifier {
    /// Reports what comes of a verification, if anybody wants to know.
    func reporting(
        _ verify: () async throws(VerificationError) -> VerifiedIDToken
    ) async throws(VerificationError) -> VerifiedIDToken {
        guard let onEvent = self.configuration.onEvent else { return try await verify() }
        let start = ContinuousClock.now
        do throws(VerificationError) {
            let caller = try await verify()
            onEvent(.verified(after: start.duration(to: .now)))
            return caller
        } catch {
            onEvent(.refused(error, after: start.duration(to: .now)))
            throw error
        }
    }

    /// Reports what comes of a verification that does not suspend, if anybody wants to know.
    func reportingWithoutSuspension(
        _ verify: () throws(VerificationError) -> VerifiedIDToken
    ) throws(VerificationError) -> VerifiedIDToken {
        guard let onEvent = self.configuration.onEvent else { return try verify() }
        let start = ContinuousClock.now
        do throws(VerificationError) {
            let caller = try verify()
            onEvent(.verified(after: start.duration(to: .now)))
            return caller
        } catch {
            onEvent(.refused(error, after: start.duration(to: .now)))
            throw error
        }
    }
}
