# Copyright (c) 2026 The openint authors. Distributed under the Boost Software License, Version 1.0.

# What only this project's own tests, examples and benchmarks use.

option(OPENINT_WARNINGS_AS_ERRORS "Treat warnings as errors" OFF)
set(OPENINT_SANITIZE "" CACHE STRING "Sanitizers for everything built, as in -fsanitize=")

set(openint_warnings -Wall -Wextra -Wpedantic -Wshadow -Wconversion)

add_library(openint_developer INTERFACE)
target_compile_options(openint_developer INTERFACE
    ${openint_warnings} $<$<BOOL:${OPENINT_WARNINGS_AS_ERRORS}>:-Werror>)
if(OPENINT_SANITIZE)
    target_compile_options(openint_developer INTERFACE
        -fsanitize=${OPENINT_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
    target_link_options(openint_developer INTERFACE -fsanitize=${OPENINT_SANITIZE})
endif()

# What GCC says wrongly about Asio, wherever it is used: that a coroutine's frame is freed by another
# allocator (it inlines Asio's operator new, but not its delete), and that the thread sanitizer does
# not understand fences.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(openint_developer INTERFACE -Wno-mismatched-new-delete -Wno-tsan)
endif()

# The library as one header, single/openint.hpp in the build folder.
add_custom_target(single_header
    COMMAND sh "${CMAKE_CURRENT_LIST_DIR}/single-header.sh"
        "${PROJECT_BINARY_DIR}/single/openint.hpp"
    VERBATIM)
file(MAKE_DIRECTORY "${PROJECT_BINARY_DIR}/single")

# The reference, in docs/html of the build folder: cmake --build BUILD --target docs
# Fails for every public name without a comment, and whatever else doxygen warns of.
find_program(OPENINT_DOXYGEN doxygen)
mark_as_advanced(OPENINT_DOXYGEN)
if(OPENINT_DOXYGEN)
    configure_file("${PROJECT_SOURCE_DIR}/doc/Doxyfile.in" "${PROJECT_BINARY_DIR}/Doxyfile" @ONLY)
    add_custom_target(docs COMMAND "${OPENINT_DOXYGEN}" "${PROJECT_BINARY_DIR}/Doxyfile" VERBATIM)
endif()
