//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import Foundation
internal import IDTokenPlatform

/// Formats of compressed files, recognised by their first bytes.
struct Compression: Sendable {
    let name: String
    private let mark: [UInt8]
    /// The program that decompresses standard input to standard output, with its arguments; nil if it is not run here.
    fileprivate let command: [String]?
    /// What a user can do if the file is not decompressed here.
    private let remedy: String

    private static let all = [
        Compression(name: "gzip", mark: [0x1F, 0x8B], command: ["gzip", "-dc"], remedy: "gzip -dc"),
        Compression(name: "zstd", mark: [0x28, 0xB5, 0x2F, 0xFD], command: ["zstd", "-dcq"], remedy: "zstd -dc"),
        Compression(name: "xz", mark: [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], command: nil, remedy: "xz -dc"),
        Compression(name: "bzip2", mark: Array("BZh".utf8), command: nil, remedy: "bzip2 -dc"),
        Compression(name: "zip", mark: [0x50, 0x4B, 3, 4], command: nil, remedy: "unzip -p"),
        Compression(name: "lz4", mark: [4, 0x22, 0x4D, 0x18], command: nil, remedy: "lz4 -dc"),
        Compression(name: "compress", mark: [0x1F, 0x9D], command: nil, remedy: "uncompress -c"),
        Compression(name: "Parquet", mark: Array("PAR1".utf8), command: nil, remedy: "a query that exports it as JSON"),
        Compression(name: "Avro", mark: Array("Obj\u{1}".utf8), command: nil, remedy: "avro-tools tojson"),
    ]

    /// How many bytes are looked at.
    static let sampleSize = 6

    static func detect(_ bytes: [UInt8]) -> Compression? {
        self.all.first { compression in
            guard bytes.starts(with: compression.mark) else { return false }
            // A text may well begin with BZh; the first block follows after the size.
            return compression.name != "bzip2" || bytes.count >= 6 && bytes[4] == 0x31 && bytes[5] == 0x41
        }
    }

    /// The failure for a file that cannot be decompressed here.
    func failure(_ file: String, isMissing: Bool = false) -> CommandFailure {
        let program = self.command?.first ?? ""
        return CommandFailure(
            status: .unreadableInput,
            message: isMissing
                ? "\(file) is compressed with \(self.name), and the command \(program) is not installed; install it, or "
                    + "decompress the file on another machine."
                : "\(file) is compressed with \(self.name); decompress it, for example with '\(self.remedy)'."
        )
    }
}

/// A program that decompresses a file, and whose output is read like one.
final class Decompressor {
    let output: OpenFile
    private let process = Process()
    private let pipe = Pipe()
    private let errors = Pipe()
    /// Keeps the file open that the program reads.
    private let input: OpenFile?

    /// Folders of programs, where the environment names none.
    private static let usualFolders = ["/usr/bin", "/bin", "/usr/local/bin", "/opt/homebrew/bin"]

    /// Starts the program.
    ///
    /// - Parameters:
    ///   - compression: The format of the file.
    ///   - file: The file, of which some bytes have been read.
    ///   - beginning: Those bytes.
    ///   - path: The path of the file, or nil if it can be read only once.
    ///   - name: Its name in messages.
    /// - Throws: ``CommandFailure`` if the file cannot be decompressed.
    init(_ compression: Compression, file: OpenFile, beginning: [UInt8], path: String?, name: String) throws {
        guard let command = compression.command, let program = command.first else { throw compression.failure(name) }
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
        let places = (folders + Self.usualFolders).map { $0 + "/" + program }
        guard let place = places.first(where: { FileManager.default.isExecutableFile(atPath: $0) }) else {
            throw compression.failure(name, isMissing: true)
        }
        self.process.executableURL = URL(fileURLWithPath: place)
        self.process.arguments = Array(command.dropFirst())
        self.process.standardOutput = self.pipe
        self.process.standardError = self.errors
        self.output = OpenFile(borrowing: self.pipe.fileHandleForReading.fileDescriptor)
        if let path {
            let input = try OpenFile(reading: path)
            self.input = input
            self.process.standardInput = FileHandle(fileDescriptor: input.descriptor, closeOnDealloc: false)
            try self.process.run()
        } else {
            self.input = nil
            let feed = Pipe()
            self.process.standardInput = feed
            try self.process.run()
            let writer = feed.fileHandleForWriting
            Thread.detachNewThread { Self.copy(file, after: beginning, to: writer) }
        }
    }

    /// Copies a file that can be read only once to the program.
    private static func copy(_ file: OpenFile, after beginning: [UInt8], to writer: FileHandle) {
        let target = OpenFile(borrowing: writer.fileDescriptor)
        var bytes = beginning
        do {
            repeat {
                try target.write(bytes.span)
                bytes = []
            } while try file.read(appendingTo: &bytes, upTo: 65_536) > 0
        } catch {
            // The program has ended, and says why.
        }
        try? writer.close()
    }

    /// Waits for the program after its output has ended.
    ///
    /// - Returns: What it says if it could not decompress everything.
    func complaint() -> String? {
        self.process.waitUntilExit()
        guard self.process.terminationStatus != 0 else { return nil }
        let text = String(decoding: self.errors.fileHandleForReading.availableData.prefix(512), as: UTF8.self)
        return text.split(whereSeparator: \.isNewline).joined(separator: "; ").printable
    }

    deinit {
        if self.process.isRunning { self.process.terminate() }
    }
}
#endif
