//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import CCurl
internal import POSIXLock

/// One GET under way: performed by one thread, cancelled from any.
final class Transfer: Sendable {
    /// What another thread may touch.
    @safe private struct Shared {
        var isCancelled = false
        /// The handle to wake, as long as the thread waits on it.
        nonisolated(unsafe) var waiting: UnsafeMutableRawPointer?
    }

    private let url: String
    private let fields: [(name: String, value: String)]
    private let limits: TransportLimits
    private let certificateAuthorityFile: String?
    private let shared = Lock(Shared())

    init(
        url: String,
        fields: [(name: String, value: String)],
        limits: TransportLimits,
        certificateAuthorityFile: String?
    ) {
        self.url = url
        self.fields = fields
        self.limits = limits
        self.certificateAuthorityFile = certificateAuthorityFile
    }

    /// Stops the transfer, whether it has begun or not.
    func cancel() {
        self.shared.withLock { shared in
            shared.isCancelled = true
            // The handle cannot be freed meanwhile: that takes the lock too.
            if let waiting = unsafe shared.waiting { unsafe _ = curl_multi_wakeup(waiting) }
        }
    }

    /// Performs the transfer; returns when it is over.
    ///
    /// - Throws: ``TransportError``.
    func perform() throws(TransportError) -> HTTPResponse {
        let target = try TransportURL(self.url)
        let receiver = ResponseReceiver(limits: self.limits)
        let handle = try EasyHandle(fields: self.fields, receiver: receiver)
        try handle.configure(
            url: self.url,
            isDirect: target.isDirect,
            limits: self.limits,
            certificateAuthorityFile: self.certificateAuthorityFile
        )
        guard let code = unsafe handle.withPointer({ unsafe self.drive($0) }) else {
            throw TransportError(.cancelled, "the fetch was cancelled")
        }
        guard code == CURLE_OK else { throw Self.error(code, handle, receiver, self.limits) }
        return HTTPResponse(status: handle.status, fields: receiver.fields, body: receiver.body)
    }

    /// Drives a handle to its end.
    ///
    /// - Returns: How it ended, or nil if it was cancelled.
    private func drive(_ easy: UnsafeMutableRawPointer) -> CURLcode? {
        guard let multi = unsafe curl_multi_init() else { return CURLE_OUT_OF_MEMORY }
        defer { unsafe _ = curl_multi_cleanup(multi) }
        guard unsafe curl_multi_add_handle(multi, easy) == CURLM_OK else { return CURLE_FAILED_INIT }
        defer { unsafe _ = curl_multi_remove_handle(multi, easy) }
        self.shared.withLock { unsafe $0.waiting = multi }
        defer { self.shared.withLock { unsafe $0.waiting = nil } }

        var running: Int32 = 1
        while true {
            if self.shared.withLock({ $0.isCancelled }) { return nil }
            guard unsafe curl_multi_perform(multi, &running) == CURLM_OK else { return CURLE_FAILED_INIT }
            if running == 0 { break }
            // libcurl itself returns early for its time limits; a cancellation wakes it.
            guard unsafe curl_multi_poll(multi, nil, 0, 1000, nil) == CURLM_OK else { return CURLE_FAILED_INIT }
        }
        var remaining: Int32 = 0
        guard let message = unsafe curl_multi_info_read(multi, &remaining) else { return CURLE_FAILED_INIT }
        return unsafe message.pointee.data.result
    }

    private static func error(
        _ code: CURLcode,
        _ handle: borrowing EasyHandle,
        _ receiver: ResponseReceiver,
        _ limits: TransportLimits
    ) -> TransportError {
        if receiver.tooLarge == .header {
            return TransportError(.tooLarge, "the header of the answer is larger than \(limits.headerSize / 1024) KiB")
        }
        if receiver.tooLarge == .body || code == CURLE_FILESIZE_EXCEEDED {
            return TransportError(.tooLarge, "the answer is larger than \(limits.bodySize / 1024) KiB")
        }
        let words = handle.words(code)
        if handle.isRefusedByProxy {
            return TransportError(.proxyFailed, "the proxy of the environment refuses: \(words)")
        }
        switch code {
        case CURLE_UNSUPPORTED_PROTOCOL where handle.wasConnected, CURLE_WEIRD_SERVER_REPLY:
            return TransportError(.invalidAnswer, "the answer is not HTTP: \(words)")
        case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL:
            return TransportError(.invalidURL, "the URL cannot be fetched: \(words)")
        case CURLE_COULDNT_RESOLVE_HOST:
            return TransportError(.nameNotResolved, "the host's name is not resolved; check DNS and egress")
        case CURLE_COULDNT_RESOLVE_PROXY, CURLE_PROXY:
            return TransportError(.proxyFailed, "the proxy of the environment cannot be used: \(words)")
        case CURLE_COULDNT_CONNECT:
            return TransportError(.connectionRefused, "the connection is refused; check egress: \(words)")
        case CURLE_OPERATION_TIMEDOUT:
            return handle.wasConnected
                ? TransportError(.timedOut(.whole), "the answer was not complete after \(limits.whole)")
                : TransportError(.timedOut(.connecting), "there was no connection after \(limits.connecting)")
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CIPHER, CURLE_SSL_ISSUER_ERROR,
            CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CERTPROBLEM:
            return TransportError(.tlsRefused, "TLS is refused: \(words)")
        case CURLE_PARTIAL_FILE, CURLE_GOT_NOTHING:
            return TransportError(.cutShort, "the answer was cut short")
        case CURLE_RECV_ERROR, CURLE_SEND_ERROR:
            return TransportError(.connectionLost, "the connection was lost: \(words)")
        case CURLE_BAD_CONTENT_ENCODING, CURLE_WRITE_ERROR:
            return TransportError(.contentEncoding, "the answer cannot be decompressed: \(words)")
        default:
            return TransportError(.other, words)
        }
    }
}
