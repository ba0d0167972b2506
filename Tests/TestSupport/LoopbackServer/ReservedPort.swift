//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

private import Glibc

/// A port of 127.0.0.1 that nobody else gets and on which nobody listens: connections to it are refused.
package final class ReservedPort: Sendable {
    package let port: UInt16
    let socket: Int32

    /// Takes a port that is free.
    ///
    /// - Throws: ``ServerError`` if there is none.
    package init() throws {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard socket >= 0 else { throw ServerError.last("socket") }
        _ = fcntl(socket, F_SETFD, FD_CLOEXEC)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe bind(socket, $0, size) == 0 ? getsockname(socket, $0, &size) : -1
            }
        }
        guard result == 0 else {
            defer { close(socket) }
            throw ServerError.last("bind")
        }
        self.socket = socket
        self.port = UInt16(bigEndian: address.sin_port)
    }

    deinit {
        close(self.socket)
    }
}
