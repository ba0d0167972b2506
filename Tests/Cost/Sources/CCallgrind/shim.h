//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//
#pragma once

#include <valgrind/callgrind.h>

// Macros made of assembly; not importable.

static inline void CCALLGRIND_toggle_collect(void) { CALLGRIND_TOGGLE_COLLECT; }

static inline void CCALLGRIND_dump(const char *name) { CALLGRIND_DUMP_STATS_AT(name); }

static inline int CCALLGRIND_is_running(void) { return RUNNING_ON_VALGRIND; }
