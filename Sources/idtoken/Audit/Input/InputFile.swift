//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import IDTokenPlatform

/// A file of captured text, which is decompressed and converted to UTF-8 as it is read.
struct InputFile {
    /// How many bytes are read at once, which is the size of most batches.
    static let blockSize = 256 * 1024

    /// The path as it was given; `-` is standard input.
    let path: String
    private let file: OpenFile
    private var decompressor: Decompressor?
    private var encoding: TextEncoding?
    /// The first bytes, until there are enough of them to recognise what the file is.
    private var beginning: [UInt8]? = []
    private(set) var isAtEnd = false
    /// Why the file could not be read to its end.
    private(set) var complaint: String?

    init(path: String, file: OpenFile) {
        self.path = path
        self.file = file
    }

    /// The name in messages.
    var name: String { self.path == "-" ? "standard input" : self.path.printable }

    private var current: OpenFile { self.decompressor?.output ?? self.file }

    func isReady(within milliseconds: Int32) -> Bool {
        self.current.isReady(within: milliseconds)
    }

    /// Reads further bytes.
    ///
    /// - Parameter count: Is increased by the number of bytes read from the file.
    /// - Returns: UTF-8, perhaps none yet.
    /// - Throws: ``CommandFailure`` if the file cannot be read.
    mutating func read(count: inout Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        do {
            let size = try self.current.read(appendingTo: &bytes, upTo: Self.blockSize)
            count += size
            self.isAtEnd = size == 0
        } catch {
            throw CommandFailure(status: .unreadableInput, message: "\(self.name) cannot be read: \(error).")
        }
        if self.isAtEnd, let decompressor { self.complaint = decompressor.complaint() }
        if let beginning {
            bytes = beginning + bytes
            guard self.isAtEnd || bytes.count >= TextEncoding.sampleSize else {
                self.beginning = bytes
                return []
            }
            self.beginning = nil
            if self.decompressor == nil, let compression = Compression.detect(bytes) {
                let path = self.path != "-" && self.file.size != nil ? self.path : nil
                self.decompressor = try Decompressor(
                    compression,
                    file: self.file,
                    beginning: bytes,
                    path: path,
                    name: self.name
                )
                self.beginning = []
                self.isAtEnd = false
                return []
            }
            self.encoding = TextEncoding(detecting: bytes)
            if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
        }
        return self.encoding?.utf8(bytes, isEnd: self.isAtEnd) ?? TextEncoding.withoutZeros(bytes)
    }
}
#endif
