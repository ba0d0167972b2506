//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

private import COpenSSLTLS
package import OpenSSLSignature

/// The server's side of a TLS connection, between bytes in memory.
@safe package final class TLSServerConnection {
    private let connection: OpaquePointer
    /// What the client has sent and OpenSSL has not read; it belongs to the connection.
    private let received: OpaquePointer
    /// What OpenSSL has written for the client; it belongs to the connection.
    private let written: OpaquePointer

    /// - Parameter context: The context of the server, of which the connection keeps a reference.
    /// - Throws: `OpenSSLError` if OpenSSL cannot make it.
    init(_ context: OpaquePointer) throws(OpenSSLError) {
        OpenSSLError.clearQueue()
        guard let connection = unsafe SSL_new(context) else { throw OpenSSLError.drainingQueue() }
        guard let received = unsafe BIO_new(BIO_s_mem()), let written = unsafe BIO_new(BIO_s_mem()) else {
            unsafe SSL_free(connection)
            throw OpenSSLError.drainingQueue()
        }
        unsafe SSL_set_bio(connection, received, written)
        unsafe SSL_set_accept_state(connection)
        unsafe self.connection = connection
        unsafe self.received = received
        unsafe self.written = written
    }

    deinit {
        unsafe SSL_free(self.connection)
    }

    /// Takes bytes from the client.
    ///
    /// - Parameter bytes: The bytes as they came.
    /// - Returns: What they say, as far as it is complete; while the connection is set up, nothing.
    /// - Throws: `OpenSSLError` if the client does not speak TLS, does not trust the certificate, or has changed bytes.
    package func receive(_ bytes: [UInt8]) throws(OpenSSLError) -> [UInt8] {
        OpenSSLError.clearQueue()
        var count = 0
        if !bytes.isEmpty {
            guard unsafe BIO_write_ex(self.received, bytes, bytes.count, &count) == 1, count == bytes.count else {
                throw OpenSSLError.drainingQueue()
            }
        }
        var text: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 16 * 1024)
        while true {
            let result = unsafe SSL_read_ex(self.connection, &part, part.count, &count)
            if result == 1 {
                text += part.prefix(count)
                continue
            }
            switch unsafe SSL_get_error(self.connection, result) {
            case SSL_ERROR_WANT_READ, SSL_ERROR_ZERO_RETURN: return text
            default: throw OpenSSLError.drainingQueue()
            }
        }
    }

    /// Encrypts bytes for the client; ``takeOutput()`` returns them.
    ///
    /// - Parameter bytes: The bytes.
    /// - Throws: `OpenSSLError` if the connection is not set up or is closed.
    package func send(_ bytes: [UInt8]) throws(OpenSSLError) {
        guard !bytes.isEmpty else { return }
        OpenSSLError.clearQueue()
        var count = 0
        guard unsafe SSL_write_ex(self.connection, bytes, bytes.count, &count) == 1, count == bytes.count else {
            throw OpenSSLError.drainingQueue()
        }
    }

    /// Says that nothing else will be sent; ``takeOutput()`` returns the message.
    package func close() {
        OpenSSLError.clearQueue()
        unsafe SSL_shutdown(self.connection)
    }

    /// Returns and removes the bytes that are to be sent to the client.
    package func takeOutput() -> [UInt8] {
        unsafe readAll(self.written)
    }
}
