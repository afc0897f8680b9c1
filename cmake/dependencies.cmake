# Copyright (c) 2026 The openint authors. Distributed under the Boost Software License, Version 1.0.

# Boost, OpenSSL and threads. Targets that an enclosing project has made are used as they are.

if(OPENINT_BOOST_INCLUDE_DIR)
    if(NOT EXISTS "${OPENINT_BOOST_INCLUDE_DIR}/boost/json/src.hpp")
        message(FATAL_ERROR "no Boost headers in OPENINT_BOOST_INCLUDE_DIR "
            "(${OPENINT_BOOST_INCLUDE_DIR})")
    endif()
    add_library(openint_boost_headers INTERFACE)
    target_include_directories(openint_boost_headers SYSTEM INTERFACE
        "${OPENINT_BOOST_INCLUDE_DIR}")
    add_library(Boost::headers ALIAS openint_boost_headers)
    add_library(openint_boost_json STATIC EXCLUDE_FROM_ALL
        "${CMAKE_CURRENT_LIST_DIR}/boost_json.cpp")
    target_compile_features(openint_boost_json PUBLIC cxx_std_20)
    target_link_libraries(openint_boost_json PUBLIC openint_boost_headers)
    if(CMAKE_CXX_COMPILER_ID MATCHES "GNU|Clang")
        # As packages have it: not optimized, it takes three times the stack for what is nested.
        target_compile_options(openint_boost_json PRIVATE -O2)
    endif()
    add_library(Boost::json ALIAS openint_boost_json)
    set(OPENINT_INSTALL OFF) # a package cannot promise headers that it does not own
elseif(NOT TARGET Boost::headers OR NOT TARGET Boost::json)
    find_package(Boost 1.81 REQUIRED COMPONENTS json)
endif()

if(NOT TARGET OpenSSL::SSL)
    find_package(OpenSSL REQUIRED)
endif()
set(THREADS_PREFER_PTHREAD_FLAG ON)
find_package(Threads REQUIRED)
