//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import CCurl
internal import IDTokenPlatform

/// A request, which one thread performs and any thread can cancel.
final class Transfer: Sendable {
    /// The state that threads share.
    @safe private struct Shared {
        var isCancelled = false
        /// The handle to wake while the thread waits on it.
        nonisolated(unsafe) var waiting: UnsafeMutableRawPointer?
    }

    private let request: HTTPRequest
    private let limits: TransportLimits
    private let authorities: CertificateAuthorities
    private let allowsPlainHTTP: Bool
    private let shared = Lock(Shared())

    init(
        request: HTTPRequest,
        limits: TransportLimits,
        authorities: CertificateAuthorities,
        allowsPlainHTTP: Bool
    ) {
        self.request = request
        self.limits = limits
        self.authorities = authorities
        self.allowsPlainHTTP = allowsPlainHTTP
    }

    /// Cancels the transfer, whether it has begun or not.
    func cancel() {
        self.shared.withLock { shared in
            shared.isCancelled = true
            // The handle cannot be freed here, since that requires the lock too.
            if let waiting = unsafe shared.waiting { unsafe _ = curl_multi_wakeup(waiting) }
        }
    }

    /// Performs the transfer; returns after all resources are released.
    ///
    /// - Parameter whenOver: A function that receives the result once, as soon as it is known; the release of resources
    ///   may still wait for a name server.
    func perform(whenOver: (Result<HTTPResponse, TransportError>) -> Void) {
        do throws(TransportError) {
            try self.attempt(whenOver: whenOver)
        } catch {
            whenOver(.failure(error))
        }
    }

    /// Tries to perform the transfer.
    ///
    /// - Throws: ``TransportError`` if the transfer cannot begin; `whenOver` is then not called.
    private func attempt(whenOver: (Result<HTTPResponse, TransportError>) -> Void) throws(TransportError) {
        let target = try TransportURL(self.request.url, allowsPlainHTTP: self.allowsPlainHTTP)
        let receiver = ResponseReceiver(limits: self.limits)
        let handle = try EasyHandle(request: self.request, receiver: receiver)
        try handle.configure(
            isDirect: target.isDirect,
            limits: self.limits,
            authorities: self.authorities
        )
        guard let multi = unsafe curl_multi_init() else { throw TransportError(.other, "out of memory") }
        defer { unsafe _ = curl_multi_cleanup(multi) }
        let code = unsafe handle.withPointer { easy in
            unsafe curl_multi_add_handle(multi, easy) == CURLM_OK ? unsafe self.drive(multi) : CURLE_FAILED_INIT
        }
        defer { unsafe handle.withPointer { easy in unsafe _ = curl_multi_remove_handle(multi, easy) } }
        switch code {
        case nil: whenOver(.failure(TransportError(.cancelled, "the fetch was cancelled")))
        case CURLE_OK?:
            whenOver(.success(HTTPResponse(status: handle.status, fields: receiver.fields, body: receiver.body)))
        case let code?: whenOver(.failure(self.error(code, handle, receiver, target)))
        }
    }

    /// Runs a transfer to its end.
    ///
    /// - Returns: libcurl's result, or nil if the transfer was cancelled.
    private func drive(_ multi: UnsafeMutableRawPointer) -> CURLcode? {
        self.shared.withLock { unsafe $0.waiting = multi }
        defer { self.shared.withLock { unsafe $0.waiting = nil } }

        var running: Int32 = 1
        while true {
            if self.shared.withLock({ $0.isCancelled }) { return nil }
            guard unsafe curl_multi_perform(multi, &running) == CURLM_OK else { return CURLE_FAILED_INIT }
            if running == 0 { break }
            // libcurl returns early for its time limits, and a cancellation wakes it.
            guard unsafe curl_multi_poll(multi, nil, 0, 1000, nil) == CURLM_OK else { return CURLE_FAILED_INIT }
        }
        var remaining: Int32 = 0
        guard let message = unsafe curl_multi_info_read(multi, &remaining) else { return CURLE_FAILED_INIT }
        return unsafe message.pointee.data.result
    }

    private func error(
        _ code: CURLcode,
        _ handle: borrowing EasyHandle,
        _ receiver: ResponseReceiver,
        _ target: TransportURL
    ) -> TransportError {
        switch receiver.refusal {
        case .headerTooLarge: return .headerTooLarge(self.limits)
        case .bodyTooLarge: return .bodyTooLarge(self.limits)
        case .encoding:
            return TransportError(.contentEncoding, "the response has an encoding other than a single layer of gzip")
        case nil: break
        }
        if let status = handle.proxyRefusal {
            return TransportError(
                .proxyFailed,
                "the proxy of the environment responded with status \(status); check https_proxy and the proxy's rules"
            )
        }
        // libcurl quotes the URL of a proxy, which may contain a password.
        let mayUseProxy = !target.isDirect && EnvironmentProxy.isSet
        let words = mayUseProxy ? CurlLibrary.words(code) : handle.words(code)
        switch code {
        case CURLE_FILESIZE_EXCEEDED:
            return .bodyTooLarge(self.limits)
        // libcurl reports a line beyond its own limit as out of memory; from 8.6 on it has a code of its own.
        case CURLE_OUT_OF_MEMORY where handle.wasConnected, CURLcode(rawValue: 100):
            return .headerTooLarge(self.limits)
        case CURLE_UNSUPPORTED_PROTOCOL where handle.wasConnected, CURLE_WEIRD_SERVER_REPLY:
            return TransportError(.invalidAnswer, "the response is not HTTP: \(words)")
        case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL:
            return TransportError(.invalidURL, "the URL cannot be fetched: \(words)")
        case CURLE_COULDNT_RESOLVE_HOST:
            return TransportError(.nameNotResolved, "the host's name cannot be resolved; check DNS and egress")
        case CURLE_COULDNT_RESOLVE_PROXY, CURLE_PROXY:
            return .proxyUnusable
        case CURLE_COULDNT_CONNECT where mayUseProxy:
            return .proxyUnusable
        case CURLE_COULDNT_CONNECT:
            return TransportError(.connectionRefused, "the connection failed; check egress: \(words)")
        case CURLE_OPERATION_TIMEDOUT:
            return handle.wasConnected
                ? TransportError(.timedOut(.whole), "the response was not complete after \(self.limits.whole)")
                : TransportError(.timedOut(.connecting), "there was no connection after \(self.limits.connecting)")
        // libcurl quotes the name in the certificate, which the server chooses.
        case CURLE_PEER_FAILED_VERIFICATION where handle.saysNoSubjectNameMatches:
            return TransportError(.tlsRefused, "TLS failed: no subject name of the certificate matches the host")
        case CURLE_PEER_FAILED_VERIFICATION where handle.saysNoAuthorityVouches:
            return self.authorities.whyUntrusted(handle.words(code))
        case CURLE_SSL_CACERT_BADFILE:
            return self.authorities.whyUnusable(handle.words(code))
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CIPHER, CURLE_SSL_ISSUER_ERROR,
            CURLE_SSL_CERTPROBLEM:
            return TransportError(.tlsRefused, "TLS failed: \(handle.words(code))")
        case CURLE_PARTIAL_FILE, CURLE_GOT_NOTHING:
            return TransportError(.cutShort, "the response is incomplete")
        case CURLE_RECV_ERROR, CURLE_SEND_ERROR:
            return TransportError(.connectionLost, "the connection was lost: \(words)")
        case CURLE_BAD_CONTENT_ENCODING, CURLE_WRITE_ERROR:
            return TransportError(.contentEncoding, "the response cannot be decompressed: \(words)")
        default:
            return TransportError(.other, words)
        }
    }
}
