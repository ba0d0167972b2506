//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import CCurl
private import IDTokenBytes

/// A libcurl handle for one request, with the memory that libcurl points to.
@safe struct EasyHandle: ~Copyable {
    private let pointer: UnsafeMutableRawPointer
    private let request: HTTPRequest
    private let requestFields: UnsafeMutablePointer<curl_slist>?
    private let errorText: UnsafeMutablePointer<CChar>
    private let receiver: Unmanaged<ResponseReceiver>

    /// Creates a handle without options.
    ///
    /// - Throws: ``TransportError`` if libcurl cannot be initialised or memory is exhausted.
    init(request: HTTPRequest, receiver: ResponseReceiver) throws(TransportError) {
        guard CurlLibrary.isReady, let pointer = unsafe curl_easy_init() else {
            throw TransportError(.other, "libcurl cannot be initialised")
        }
        do throws(TransportError) {
            // A server might wait for content that libcurl holds back until the server asks for it (RFC 9110 §10.1.1).
            let lines = request.fields.map { "\($0.name): \($0.value)" } + (request.method == .get ? [] : ["Expect:"])
            unsafe self.requestFields = try Self.list(lines)
        } catch {
            unsafe curl_easy_cleanup(pointer)
            throw error
        }
        unsafe self.pointer = pointer
        self.request = request
        unsafe self.errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        unsafe self.errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        unsafe self.receiver = .passRetained(receiver)
    }

    /// Sets the options for the request within the limits.
    ///
    /// - Throws: ``TransportError`` if libcurl rejects an option.
    borrowing func configure(
        isDirect: Bool,
        limits: TransportLimits,
        authorities: CertificateAuthorities
    ) throws(TransportError) {
        let pointer = unsafe self.pointer
        var options = unsafe Options(pointer)
        unsafe options.set(CURLOPT_ERRORBUFFER, UnsafeMutableRawPointer(self.errorText))
        options.set(CURLOPT_URL, self.request.url)
        options.set(CURLOPT_HTTPGET, 1)
        if self.request.method != .get { self.setContent(in: &options) }
        options.set(CURLOPT_HTTP_VERSION, CCURL_HTTP_1_1)
        options.set(CURLOPT_USERAGENT, "swift-google-id-token")
        options.set(CURLOPT_ACCEPT_ENCODING, "gzip")
        unsafe options.note(CCURL_set_list(pointer, CURLOPT_HTTPHEADER, self.requestFields))
        // Restrict protocols, redirects and proxies.
        unsafe options.note(CCURL_restrict_protocols(pointer))
        unsafe options.note(CCURL_set_quick_exit(pointer))
        options.set(CURLOPT_FOLLOWLOCATION, 0)
        if isDirect { options.set(CURLOPT_NOPROXY, "*") }
        options.set(CURLOPT_SSL_VERIFYPEER, 1)
        options.set(CURLOPT_SSL_VERIFYHOST, 2)
        options.set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        switch authorities {
        case .file(let path):
            options.set(CURLOPT_CAINFO, path)
            // Otherwise libcurl would accept the system's authorities as well.
            unsafe options.note(CCURL_set_string(pointer, CURLOPT_CAPATH, nil))
        case .system(let bundle, let folders):
            if let bundle { options.set(CURLOPT_CAINFO, bundle.value) }
            if let folders { options.set(CURLOPT_CAPATH, folders.value) }
        }
        // Limit time and size.
        options.set(CURLOPT_NOSIGNAL, 1)
        options.set(CURLOPT_CONNECTTIMEOUT_MS, Int(limits.connecting / .milliseconds(1)))
        options.set(CURLOPT_TIMEOUT_MS, Int(limits.whole / .milliseconds(1)))
        unsafe options.note(CCURL_set_size(pointer, CURLOPT_MAXFILESIZE_LARGE, Int(limits.bodySize)))
        // Pass the response to the receiver.
        unsafe options.set(CURLOPT_HEADERDATA, self.receiver.toOpaque())
        unsafe options.set(CURLOPT_WRITEDATA, self.receiver.toOpaque())
        unsafe options.note(
            CCURL_set_data_callback(pointer, CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
                unsafe EasyHandle.deliver(bytes, size * count, context) { $0.receiveHeader($1) }
            }
        )
        unsafe options.note(
            CCURL_set_data_callback(pointer, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
                unsafe EasyHandle.deliver(bytes, size * count, context) { $0.receiveBody($1) }
            }
        )
        guard options.result == CURLE_OK else {
            throw TransportError(.other, "libcurl rejects an option: \(CurlLibrary.words(options.result))")
        }
    }

    /// Sets the method and the content, which libcurl reads from the request's own memory.
    private borrowing func setContent(in options: inout Options) {
        options.set(CURLOPT_POST, 1)
        if self.request.method == .put { options.set(CURLOPT_CUSTOMREQUEST, self.request.method.rawValue) }
        let pointer = unsafe self.pointer
        unsafe options.note(CCURL_set_size(pointer, CURLOPT_POSTFIELDSIZE_LARGE, self.request.body?.count ?? 0))
        guard let body = self.request.body else { return options.set(CURLOPT_POSTFIELDS, "") }
        unsafe body.withUnsafeBytes {
            unsafe options.note(CCURL_set_bytes(pointer, CURLOPT_POSTFIELDS, $0.baseAddress))
        }
    }

    deinit {
        unsafe curl_easy_cleanup(self.pointer)
        unsafe Self.wipe(self.requestFields)
        unsafe curl_slist_free_all(self.requestFields)
        unsafe self.errorText.deallocate()
        unsafe self.receiver.release()
    }

    /// Calls a closure with the handle.
    borrowing func withPointer<Result>(_ body: (UnsafeMutableRawPointer) -> Result) -> Result {
        unsafe body(self.pointer)
    }

    /// The status of the response, or 0 if there is none.
    var status: Int {
        var status = 0
        _ = unsafe CCURL_get_long(self.pointer, CURLINFO_RESPONSE_CODE, &status)
        return status
    }

    /// The status with which a proxy refused to create a tunnel, or nil.
    var proxyRefusal: Int? {
        var status = 0
        _ = unsafe CCURL_get_long(self.pointer, CURLINFO_HTTP_CONNECTCODE, &status)
        return status >= 300 ? status : nil
    }

    /// Whether the connection, including TLS, was established and the request could be sent.
    var wasConnected: Bool {
        var microseconds: curl_off_t = 0
        _ = unsafe CCURL_get_size(self.pointer, CURLINFO_PRETRANSFER_TIME_T, &microseconds)
        return microseconds > 0
    }

    /// Returns libcurl's description of an error, which may contain a proxy's URL.
    func words(_ code: CURLcode) -> String {
        let text = unsafe String(cString: self.errorText)
        return text.isEmpty ? CurlLibrary.words(code) : text
    }

    /// Whether libcurl reports that no name in the server's certificate matches the host.
    var saysNoSubjectNameMatches: Bool {
        // libcurl's text is at most CURL_ERROR_SIZE bytes long.
        unsafe String(cString: self.errorText).contains("subject name")
    }

    /// Whether OpenSSL found no authority that vouches for the server's certificate.
    var saysNoAuthorityVouches: Bool {
        var result = 0
        _ = unsafe CCURL_get_long(self.pointer, CURLINFO_SSL_VERIFYRESULT, &result)
        // X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT, X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT,
        // X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN, X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY,
        // X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE of OpenSSL's x509_vfy.h.
        return [2, 18, 19, 20, 21].contains(result)
    }

    private static func list(_ lines: [String]) throws(TransportError) -> UnsafeMutablePointer<curl_slist>? {
        var list: UnsafeMutablePointer<curl_slist>?
        for line in lines {
            guard let longer = unsafe curl_slist_append(list, line) else {
                unsafe curl_slist_free_all(list)
                throw TransportError(.other, "out of memory")
            }
            unsafe list = longer
        }
        return unsafe list
    }

    /// Overwrites header lines, which may hold a credential.
    private static func wipe(_ list: UnsafeMutablePointer<curl_slist>?) {
        var next = unsafe list
        while let line = unsafe next {
            if let text = unsafe line.pointee.data {
                unsafe SecretBytes.wipe(UnsafeMutableRawBufferPointer(start: text, count: CCURL_length(text)))
            }
            unsafe next = line.pointee.next
        }
    }

    private static func deliver(
        _ bytes: UnsafeMutablePointer<CChar>?,
        _ count: Int,
        _ context: UnsafeMutableRawPointer?,
        to receive: (ResponseReceiver, Span<UInt8>) -> Bool
    ) -> Int {
        guard let bytes = unsafe bytes, let context = unsafe context else { return 0 }
        let receiver = unsafe Unmanaged<ResponseReceiver>.fromOpaque(context).takeUnretainedValue()
        let goesOn = unsafe UnsafeRawBufferPointer(start: bytes, count: count)
            .withMemoryRebound(to: UInt8.self) {
                unsafe receive(receiver, $0.span)
            }
        // libcurl stops the transfer if the callback returns another number than the count.
        return goesOn ? count : count &+ 1
    }
}

/// Sets options and keeps the first error.
@safe private struct Options {
    private let pointer: UnsafeMutableRawPointer
    private(set) var result = CURLE_OK

    init(_ pointer: UnsafeMutableRawPointer) {
        unsafe self.pointer = pointer
    }

    mutating func note(_ result: CURLcode) {
        if self.result == CURLE_OK { self.result = result }
    }

    mutating func set(_ option: CURLoption, _ value: Int) {
        self.note(unsafe CCURL_set_long(self.pointer, option, value))
    }

    mutating func set(_ option: CURLoption, _ value: String) {
        self.note(unsafe CCURL_set_string(self.pointer, option, value))
    }

    @unsafe mutating func set(_ option: CURLoption, _ value: UnsafeMutableRawPointer) {
        self.note(unsafe CCURL_set_pointer(self.pointer, option, value))
    }
}
