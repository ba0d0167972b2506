//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if Emulator
internal import NIOCore
#if canImport(Darwin)
internal import Darwin
#elseif canImport(Musl)
internal import Musl
#else
internal import Glibc
#endif

/// Why an emulator cannot be started, or cannot write its files.
public struct EmulatorError: Error, Sendable, CustomStringConvertible {
    /// The kind of problem.
    @nonexhaustive
    public enum Code: String, Sendable, CaseIterable {
        /// A value of the configuration is not valid.
        case configurationInvalid = "configuration_invalid"
        /// Another program listens on the port.
        case portInUse = "port_in_use"
        /// The emulator cannot listen on the address and port, for example because the machine has no such address.
        case cannotListen = "cannot_listen"
        /// OpenSSL cannot create keys.
        case keysUnavailable = "keys_unavailable"
        /// The credential files cannot be written.
        case filesUnwritable = "files_unwritable"
    }

    /// The kind of problem.
    public let code: Code
    /// What happened, the likely cause and the remedy, in one line.
    public let explanation: String

    /// The code and the explanation.
    public var description: String { "\(self.code.rawValue): \(self.explanation)" }

    package init(_ code: Code, _ explanation: String) {
        self.code = code
        self.explanation = explanation
    }

    /// - Parameters:
    ///   - error: What the system said when the server was to listen.
    ///   - address: The address.
    ///   - port: The port.
    init(_ error: any Error, address: String, port: UInt16) {
        switch (error as? IOError)?.errnoCode {
        case EADDRINUSE:
            self.init(
                .portInUse,
                "port \(port) is in use; stop the program that uses it, or choose another port."
            )
        case EACCES:
            self.init(
                .cannotListen,
                "port \(port) is reserved for privileged users; choose a port above 1023."
            )
        default:
            self.init(
                .cannotListen,
                "cannot listen on \(address), port \(port): \(error). Check that it is an address of this machine."
            )
        }
    }
}
#endif
