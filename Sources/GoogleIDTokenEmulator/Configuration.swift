//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if Emulator
public import GoogleIDTokenTesting

extension GoogleEmulator {
    /// The settings of an emulator, which do not change while it runs.
    public struct Configuration: Sendable {
        /// The service account to which the metadata server gives tokens, and whose key file can be written.
        public var serviceAccount = TestCaller.serviceAccount
        /// The ID of the project.
        public var project = "my-project"
        /// The IP address to listen on.
        ///
        /// Every client that can reach it gets any token that it asks for.
        public var address = "127.0.0.1"
        /// The port to listen on, or 0 for any free port.
        public var port: UInt16 = 0
        /// How long clients may keep the keys, in seconds, from 0 to 86,400 (1 day).
        public var keysMaximumAge = 21_600
        /// How long ID tokens are valid, in seconds, from 1 to 86,400 (1 day); Google's are valid for an hour.
        ///
        /// With a short time, a test sees how a client replaces its tokens.
        public var tokenLifetime = 3_600
        /// Whether the emulator begins with built-in keys, which are public and the same in every run, or with fresh ones.
        ///
        /// Fresh keys take up to a second. Emulators with built-in keys have the same ones, so that a verifier with the keys of
        /// one accepts the tokens of another.
        public var usesBuiltInKeys = true
        /// Is called after each answer, for a log or in order to count requests.
        public var onAnswer: (@Sendable (Answer) -> Void)?

        /// Creates the default settings.
        public init() {}
    }

    /// A request that the emulator has answered.
    public struct Answer: Sendable {
        /// The method of the request.
        public let method: String
        /// The path of the request as it was received, without the query.
        public let path: String
        /// The status of the answer.
        public let status: Int
        /// Why the status is what it is, if the emulator has more to say, for example that it has no such path.
        public let note: String?
    }
}
#endif
