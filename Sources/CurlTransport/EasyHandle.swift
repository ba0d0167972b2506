//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import CCurl

/// One GET as libcurl sees it: its options, and the memory that libcurl points into.
@safe struct EasyHandle: ~Copyable {
    private let pointer: UnsafeMutableRawPointer
    private let requestFields: UnsafeMutablePointer<curl_slist>?
    private let errorText: UnsafeMutablePointer<CChar>
    private let receiver: Unmanaged<ResponseReceiver>

    /// Makes a handle without options.
    ///
    /// - Throws: ``TransportError`` if there is no memory.
    init(fields: [(name: String, value: String)], receiver: ResponseReceiver) throws(TransportError) {
        guard CurlLibrary.isReady, let pointer = unsafe curl_easy_init() else {
            throw TransportError(.other, "libcurl cannot be started")
        }
        do throws(TransportError) {
            unsafe self.requestFields = try Self.list(fields.map { "\($0.name): \($0.value)" })
        } catch {
            unsafe curl_easy_cleanup(pointer)
            throw error
        }
        unsafe self.pointer = pointer
        unsafe self.errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        unsafe self.errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        unsafe self.receiver = .passRetained(receiver)
    }

    /// Makes it a GET within the limits.
    ///
    /// - Throws: ``TransportError`` if libcurl refuses an option.
    borrowing func configure(
        url: String,
        isDirect: Bool,
        limits: TransportLimits,
        certificateAuthorityFile: String?
    ) throws(TransportError) {
        let pointer = unsafe self.pointer
        var options = unsafe Options(pointer)
        unsafe options.set(CURLOPT_ERRORBUFFER, UnsafeMutableRawPointer(self.errorText))
        options.set(CURLOPT_URL, url)
        options.set(CURLOPT_HTTPGET, 1)
        options.set(CURLOPT_HTTP_VERSION, CCURL_HTTP_1_1)
        options.set(CURLOPT_USERAGENT, "swift-google-id-token")
        options.set(CURLOPT_ACCEPT_ENCODING, "gzip")
        unsafe options.note(CCURL_set_list(pointer, CURLOPT_HTTPHEADER, self.requestFields))
        // What may be reached, and how far.
        unsafe options.note(CCURL_restrict_protocols(pointer))
        unsafe options.note(CCURL_set_quick_exit(pointer))
        options.set(CURLOPT_FOLLOWLOCATION, 0)
        if isDirect { options.set(CURLOPT_NOPROXY, "*") }
        options.set(CURLOPT_SSL_VERIFYPEER, 1)
        options.set(CURLOPT_SSL_VERIFYHOST, 2)
        options.set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        if let certificateAuthorityFile {
            options.set(CURLOPT_CAINFO, certificateAuthorityFile)
            // Otherwise the system's authorities would be believed as well.
            unsafe options.note(CCURL_set_string(pointer, CURLOPT_CAPATH, nil))
        }
        // How much it may take.
        options.set(CURLOPT_NOSIGNAL, 1)
        options.set(CURLOPT_CONNECTTIMEOUT_MS, Int(limits.connecting / .milliseconds(1)))
        options.set(CURLOPT_TIMEOUT_MS, Int(limits.whole / .milliseconds(1)))
        unsafe options.note(CCURL_set_size(pointer, CURLOPT_MAXFILESIZE_LARGE, Int(limits.bodySize)))
        // Where it goes.
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
            throw TransportError(.other, "libcurl refuses an option: \(CurlLibrary.words(options.result))")
        }
    }

    deinit {
        unsafe curl_easy_cleanup(self.pointer)
        unsafe curl_slist_free_all(self.requestFields)
        unsafe self.errorText.deallocate()
        unsafe self.receiver.release()
    }

    /// Lends the handle.
    borrowing func withPointer<Result>(_ body: (UnsafeMutableRawPointer) -> Result) -> Result {
        unsafe body(self.pointer)
    }

    /// The status of the response, or 0 if there is none.
    var status: Int {
        var status = 0
        _ = unsafe CCURL_get_long(self.pointer, CURLINFO_RESPONSE_CODE, &status)
        return status
    }

    /// The status with which a proxy refused to make a tunnel, or nil if none did.
    var proxyRefusal: Int? {
        var status = 0
        _ = unsafe CCURL_get_long(self.pointer, CURLINFO_HTTP_CONNECTCODE, &status)
        return status >= 300 ? status : nil
    }

    /// Whether the connection stood, TLS included, and the request could be sent.
    var wasConnected: Bool {
        var microseconds: curl_off_t = 0
        _ = unsafe CCURL_get_size(self.pointer, CURLINFO_PRETRANSFER_TIME_T, &microseconds)
        return microseconds > 0
    }

    /// What libcurl says of a failure, in its own words, which may hold a proxy's URL.
    func words(_ code: CURLcode) -> String {
        let text = unsafe String(cString: self.errorText)
        return text.isEmpty ? CurlLibrary.words(code) : text
    }

    /// Whether libcurl says that no name in the server's certificate is the host's.
    var saysNoSubjectNameMatches: Bool {
        // libcurl's text is at most CURL_ERROR_SIZE bytes long.
        unsafe String(cString: self.errorText).contains("subject name")
    }

    private static func list(_ lines: [String]) throws(TransportError) -> UnsafeMutablePointer<curl_slist>? {
        var list: UnsafeMutablePointer<curl_slist>?
        for line in lines {
            guard let longer = unsafe curl_slist_append(list, line) else {
                unsafe curl_slist_free_all(list)
                throw TransportError(.other, "there is no memory")
            }
            unsafe list = longer
        }
        return unsafe list
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
        // Any other number than the count stops the transfer.
        return goesOn ? count : count &+ 1
    }
}

/// Sets options one after the other and keeps the first refusal.
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
