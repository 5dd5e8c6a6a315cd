#!/bin/sh
# 首次启动建库：平台的账号不是超级用户，行级安全才管得住它 · the platform's account is no superuser, so that walls of rows hold it
set -eu
psql --set ON_ERROR_STOP=1 --set password="$(cat /run/secrets/database)" --username postgres <<'SQL'
CREATE ROLE yuanrong LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'password';
CREATE DATABASE yuanrong OWNER yuanrong ENCODING 'UTF8' TEMPLATE template0;
SQL
