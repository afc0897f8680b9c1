# Copyright (c) 2026 The openint authors. Distributed under the Boost Software License, Version 1.0.

include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(openint_package_dir "${CMAKE_INSTALL_DATADIR}/cmake/openint")

install(DIRECTORY "${PROJECT_SOURCE_DIR}/include/" DESTINATION include)
install(TARGETS openint openint_headers EXPORT openint-targets)
install(EXPORT openint-targets NAMESPACE openint:: DESTINATION "${openint_package_dir}")

configure_package_config_file(
    "${PROJECT_SOURCE_DIR}/cmake/openint-config.cmake.in"
    "${PROJECT_BINARY_DIR}/openint-config.cmake"
    INSTALL_DESTINATION "${openint_package_dir}"
    NO_SET_AND_CHECK_MACRO)
# Semantic versioning: before 1.0 a new minor version may break its users.
if(PROJECT_VERSION VERSION_LESS 1.0)
    set(compatibility SameMinorVersion)
else()
    set(compatibility SameMajorVersion)
endif()
write_basic_package_version_file(
    "${PROJECT_BINARY_DIR}/openint-config-version.cmake"
    COMPATIBILITY ${compatibility}
    ARCH_INDEPENDENT)
install(FILES
    "${PROJECT_BINARY_DIR}/openint-config.cmake"
    "${PROJECT_BINARY_DIR}/openint-config-version.cmake"
    DESTINATION "${openint_package_dir}")

configure_file(
    "${PROJECT_SOURCE_DIR}/cmake/openint.pc.in" "${PROJECT_BINARY_DIR}/openint.pc" @ONLY)
install(FILES "${PROJECT_BINARY_DIR}/openint.pc"
    DESTINATION "${CMAKE_INSTALL_DATADIR}/pkgconfig")
install(FILES "${PROJECT_SOURCE_DIR}/LICENSE" DESTINATION "${CMAKE_INSTALL_DOCDIR}")
