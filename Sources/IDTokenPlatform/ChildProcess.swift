//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if canImport(Darwin)
private import Darwin
#elseif canImport(Musl)
private import Musl
#else
private import Glibc
#endif

/// Runs another program without a shell, within limits of time and output.
package struct ChildProcess: Sendable {
    /// The reason why a program gave no output.
    package enum Failure: Error, Sendable {
        /// The program cannot be started.
        case cannotStart(FileError)
        /// The program ran longer than allowed, and was ended.
        case timedOut
        /// The program wrote more than allowed, and was ended.
        case tooMuchOutput
        /// The task was cancelled, and the program was ended.
        case cancelled
    }

    /// What a program did.
    package struct Output: Sendable {
        /// What it wrote to standard output.
        package let bytes: [UInt8]
        /// Its exit status; 128 and the number of the signal if a signal ended it.
        package let status: Int32
    }

    /// The program, which is looked up in `PATH` if it contains no slash, and its arguments.
    private let words: [String]
    /// The environment, as `NAME=value`.
    private let environment: [String]
    private let timeLimit: Duration
    private let outputLimit: Int
    private let isCancelled = Lock(false)

    package init(_ words: [String], environment: [String], timeLimit: Duration, outputLimit: Int) {
        self.words = words
        self.environment = environment
        self.timeLimit = timeLimit
        self.outputLimit = outputLimit
    }

    /// Runs the program on a thread of its own; its standard input is empty, and its standard error this process's.
    ///
    /// - Returns: Its output.
    /// - Throws: ``Failure``.
    package func run() async throws(Failure) -> Output {
        let result: Result<Output, Failure> = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let hasStarted = DedicatedThread.start { continuation.resume(returning: self.perform()) }
                if !hasStarted { continuation.resume(returning: .failure(.cannotStart(FileError(number: EAGAIN)))) }
            }
        } onCancel: {
            self.isCancelled.withLock { $0 = true }
        }
        return try result.get()
    }

    private func perform() -> Result<Output, Failure> {
        do throws(FileError) {
            let (process, output) = try self.start()
            return self.collect(from: process, output)
        } catch {
            return .failure(.cannotStart(error))
        }
    }

    /// Starts the program.
    ///
    /// - Returns: The process and the reading end of a pipe; this process has closed the writing end, so that the pipe ends
    ///   with the program.
    private func start() throws(FileError) -> (process: pid_t, output: OpenFile) {
        let pipe = try OpenFile.pipe()
        return (try self.spawn(output: pipe.input.descriptor), pipe.output)
    }

    /// Reads until the program has ended or a limit is exceeded.
    private func collect(from process: pid_t, _ output: OpenFile) -> Result<Output, Failure> {
        let end = ContinuousClock.now.advanced(by: self.timeLimit)
        var bytes: [UInt8] = []
        var isOpen = true
        while true {
            if self.isCancelled.withLock({ $0 }) { return self.kill(process, .cancelled) }
            if ContinuousClock.now >= end { return self.kill(process, .timedOut) }
            if isOpen {
                guard Self.isReadable(output) else { continue }
                isOpen = ((try? output.read(appendingTo: &bytes, upTo: 16 * 1024)) ?? 0) > 0
                if bytes.count > self.outputLimit { return self.kill(process, .tooMuchOutput) }
            } else {
                if let status = Self.status(of: process, options: WNOHANG) {
                    return .success(Output(bytes: bytes, status: status))
                }
                // The program has closed its output and still runs.
                _ = poll(nil, 0, 10)
            }
        }
    }

    /// Ends the program and what it has started.
    private func kill(_ process: pid_t, _ failure: Failure) -> Result<Output, Failure> {
        systemKill(-process, SIGKILL)
        _ = Self.status(of: process, options: 0)
        return .failure(failure)
    }

    private static func isReadable(_ file: OpenFile) -> Bool {
        var polled = pollfd(fd: file.descriptor, events: Int16(POLLIN), revents: 0)
        // A cancellation is noticed within this time.
        return unsafe poll(&polled, 1, 50) > 0
    }

    /// Returns the exit status, or nil if the program still runs.
    private static func status(of process: pid_t, options: Int32) -> Int32? {
        var status: Int32 = 0
        var result: pid_t = 0
        repeat { result = unsafe waitpid(process, &status, options) } while result < 0 && errno == EINTR
        if result == 0 { return nil }
        guard result == process else { return -1 }
        let signal = status & 0x7F
        return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
    }
}

extension ChildProcess {
    private func spawn(output: Int32) throws(FileError) -> pid_t {
        #if canImport(Darwin)
        var actions: posix_spawn_file_actions_t?
        var attributes: posix_spawnattr_t?
        #else
        var actions = unsafe posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        #endif
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe _ = posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawnattr_init(&attributes)
        defer { unsafe _ = posix_spawnattr_destroy(&attributes) }
        unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        unsafe posix_spawn_file_actions_adddup2(&actions, output, 1)
        // A group of its own, so that what the program starts is ended with it; and no signal blocked, whatever this
        // thread blocks.
        var signals = sigset_t()
        unsafe sigemptyset(&signals)
        unsafe posix_spawnattr_setsigmask(&attributes, &signals)
        unsafe sigaddset(&signals, SIGPIPE)
        unsafe posix_spawnattr_setsigdefault(&attributes, &signals)
        unsafe posix_spawnattr_setpgroup(&attributes, 0)
        let flags = Int32(POSIX_SPAWN_SETPGROUP) | Int32(POSIX_SPAWN_SETSIGMASK) | Int32(POSIX_SPAWN_SETSIGDEF)
        unsafe posix_spawnattr_setflags(&attributes, Int16(truncatingIfNeeded: flags))

        var arguments = unsafe self.words.map { unsafe strdup($0) } + [nil]
        var environment = unsafe self.environment.map { unsafe strdup($0) } + [nil]
        defer {
            for index in unsafe arguments.indices { unsafe free(arguments[index]) }
            for index in unsafe environment.indices { unsafe free(environment[index]) }
        }
        guard let program = self.words.first else { throw FileError(number: ENOENT) }
        var process: pid_t = 0
        let result = unsafe posix_spawnp(&process, program, &actions, &attributes, &arguments, &environment)
        guard result == 0 else { throw FileError(number: result) }
        return process
    }
}

extension OpenFile {
    /// Opens a pipe whose ends other programs do not inherit.
    fileprivate static func pipe() throws(FileError) -> (output: OpenFile, input: OpenFile) {
        var ends: [Int32] = [-1, -1]
        guard unsafe systemPipe(&ends) == 0 else { throw .last }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (OpenFile(owning: ends[0]), OpenFile(owning: ends[1]))
    }
}

// Inside the types, these names refer to their own methods.
private func systemKill(_ process: pid_t, _ signal: Int32) { _ = kill(process, signal) }
private func systemPipe(_ ends: UnsafeMutablePointer<Int32>) -> Int32 { unsafe pipe(ends) }
