//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import IDTokenPlatform
internal import Testing

@Suite("Child task", .timeLimit(.minutes(5)))
struct ChildTaskTests {
    private struct Failure: Error {}

    /// An object that no other task may touch.
    private final class Notes {
        var lines: [String] = []
    }

    private actor Counter {
        private(set) var count = 0

        func countUp() async {
            _ = await ChildTask.run { @Sendable in
                await self.add()
            } until: {
                await ChildTaskTests.isCancelled()
            }
        }

        private func add() {
            self.count += 1
        }
    }

    @TaskLocal private static var name = "nobody"

    @Test("what the operation returns or throws, if it comes first")
    func outcome() async throws {
        let value = await ChildTask.run {
            1
        } until: {
            await Self.isCancelled()
        }
        #expect(try value?.get() == 1)
        let failure = await ChildTask.run {
            throw Failure()
        } until: {
            await Self.isCancelled()
        }
        #expect(throws: Failure.self) { try failure?.get() }
    }

    @Test("nothing, if the end comes first: the operation is cancelled, and waited for")
    @concurrent
    func end() async {
        let notes = Notes()
        let outcome = await ChildTask.run {
            _ = await Self.isCancelled()
            // It overlooks that it is cancelled.
            for _ in 0..<100 { await Task.yield() }
            notes.lines.append("over")
            return 1
        } until: {
            true
        }
        #expect(outcome == nil)
        #expect(notes.lines == ["over"])
    }

    @Test("a cancelled caller cancels both, and the operation's outcome counts")
    func cancelledCaller() async throws {
        let (begins, begin) = AsyncStream.makeStream(of: Void.self)
        let caller = Task {
            let outcome = await ChildTask.run {
                begin.finish()
                return await Self.isCancelled()
            } until: {
                !(await Self.isCancelled())
            }
            return try outcome?.get()
        }
        for await _ in begins {}
        caller.cancel()
        #expect(try await caller.value == true)
    }

    @Test("the operation may change what is not sendable, and calls back an actor that waits for it")
    @concurrent
    func isolation() async {
        var text = "a"
        await Self.append(to: &text)
        #expect(text == "ab")

        let counter = Counter()
        await counter.countUp()
        #expect(await counter.count == 1)
    }

    @Test("the operation sees the caller's task-local values")
    func taskLocals() async throws {
        let name = await Self.$name.withValue("caller") {
            await ChildTask.run {
                Self.name
            } until: {
                await Self.isCancelled()
            }
        }
        #expect(try name?.get() == "caller")
    }

    @Test("an end and an outcome at the same time, often")
    @concurrent
    func races() async {
        let ended = Lock(0)
        await withDiscardingTaskGroup { group in
            for _ in 0..<4 {
                group.addTask {
                    for _ in 0..<500 {
                        var steps = 0
                        let outcome = await ChildTask.run {
                            for _ in 0..<Int.random(in: 0...4) {
                                steps += 1
                                await Task.yield()
                            }
                        } until: {
                            for _ in 0..<Int.random(in: 0...4) { await Task.yield() }
                            return !Task.isCancelled
                        }
                        #expect(steps <= 4)
                        if outcome == nil { ended.withLock { $0 += 1 } }
                    }
                }
            }
        }
        #expect((1..<2_000).contains(ended.withLock { $0 }))
    }

    @concurrent
    private static func append(to text: inout String) async {
        _ = await ChildTask.run {
            text += "b"
        } until: {
            await Self.isCancelled()
        }
    }

    /// Waits until the task is cancelled.
    fileprivate static func isCancelled() async -> Bool {
        for await _ in AsyncStream<Never>.makeStream().stream {}
        return Task.isCancelled
    }
}
