//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

extension IDTokenVerifier {
    /// How far a verification comes without waiting.
    enum Progress: Sendable {
        /// To the end.
        case settled(VerifiedIDToken, isRemembered: Bool)
        /// To the key, which must be waited for.
        case waits(PresentedToken)
    }

    /// When a verification begins, if anybody wants to know how long it takes.
    func startTime() -> Stopwatch? {
        self.configuration.onEvent == nil ? nil : Stopwatch()
    }

    /// Reports what comes of a verification that began at a time, if anybody wants to know.
    func reporting(
        since start: Stopwatch?,
        _ verify: () throws(VerificationError) -> Progress
    ) throws(VerificationError) -> Progress {
        guard let start, let onEvent = self.configuration.onEvent else { return try verify() }
        do throws(VerificationError) {
            let progress = try verify()
            if case .settled(_, let isRemembered) = progress {
                onEvent(.verified(after: start.elapsed, isRemembered: isRemembered))
            }
            return progress
        } catch {
            onEvent(.refused(error, after: start.elapsed))
            throw error
        }
    }
}
